package io.okxexporter.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends one request per key and hands its result to every caller. Not thread-safe; used from one
 * thread.
 *
 * @param <K> identifies a request
 * @param <T> its result
 */
final class SingleFlight<K, T> {
  private final Map<K, T> results = new HashMap<>();
  private final Map<K, List<Consumer<T>>> waiting = new HashMap<>();

  /**
   * @param request sends the request
   */
  void get(K key, Consumer<Consumer<T>> request, Consumer<T> done) {
    T result = results.get(key);
    if (result != null) {
      done.accept(result);
      return;
    }
    boolean first = !waiting.containsKey(key);
    waiting.computeIfAbsent(key, any -> new ArrayList<>()).add(done);
    if (first) {
      request.accept(found -> found(key, found));
    }
  }

  private void found(K key, T result) {
    results.put(key, result);
    waiting.getOrDefault(key, List.of()).forEach(done -> done.accept(result));
    waiting.remove(key);
  }
}
