package io.okxexporter.web.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords were right and which were wrong, the newest of each. Kept apart, so that no
 * number of wrong ones pushes a right one out.
 */
final class PasswordCache {
  static final int MOST_OF_EACH = 100;

  private final Map<String, Boolean> right = new LruMap<>(MOST_OF_EACH);
  private final Map<String, Boolean> wrong = new LruMap<>(MOST_OF_EACH);

  /** What was found, null where it is not known. */
  synchronized @Nullable Boolean find(String key) {
    Boolean found = right.get(key);
    return found == null ? wrong.get(key) : found;
  }

  synchronized void keep(String key, boolean isRight) {
    (isRight ? right : wrong).put(key, isRight);
  }

  synchronized int size() {
    return right.size() + wrong.size();
  }
}
