package io.okxexporter.web;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords were right and which were wrong, the newest of each. Kept apart, so that no
 * number of wrong ones pushes a right one out.
 */
final class VerdictCache {
  static final int MOST_OF_EACH = 100;

  private final Map<String, Boolean> right = new Newest();
  private final Map<String, Boolean> wrong = new Newest();

  private static final class Newest extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1;

    Newest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST_OF_EACH;
    }
  }

  /** What was found, null where it is not known. */
  synchronized @Nullable Boolean find(byte[] key) {
    String name = name(key);
    Boolean found = right.get(name);
    return found == null ? wrong.get(name) : found;
  }

  synchronized void keep(byte[] key, boolean isRight) {
    (isRight ? right : wrong).put(name(key), isRight);
  }

  synchronized int size() {
    return right.size() + wrong.size();
  }

  private static String name(byte[] key) {
    return HexFormat.of().formatHex(key);
  }
}
