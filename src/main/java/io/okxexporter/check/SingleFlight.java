package io.okxexporter.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks each thing once, and tells everybody who wants to know. Used from one thread.
 *
 * @param <K> what is asked
 * @param <T> what comes of it
 */
final class SingleFlight<K, T> {
  private final Map<K, T> known = new HashMap<>();
  private final Map<K, List<Consumer<T>>> waiting = new HashMap<>();

  /**
   * @param ask how to find out
   */
  void get(K key, Consumer<Consumer<T>> ask, Consumer<T> done) {
    T answer = known.get(key);
    if (answer != null) {
      done.accept(answer);
      return;
    }
    boolean first = !waiting.containsKey(key);
    waiting.computeIfAbsent(key, any -> new ArrayList<>()).add(done);
    if (first) {
      ask.accept(found -> found(key, found));
    }
  }

  private void found(K key, T answer) {
    known.put(key, answer);
    waiting.getOrDefault(key, List.of()).forEach(done -> done.accept(answer));
    waiting.remove(key);
  }
}
