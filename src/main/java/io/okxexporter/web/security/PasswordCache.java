package io.okxexporter.web.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the most recently used right and wrong passwords. They are kept apart, so that wrong
 * ones never evict a right one.
 */
final class PasswordCache {
  static final int MAX_OF_EACH = 100;

  private final Map<String, Boolean> right = new LruMap<>(MAX_OF_EACH);
  private final Map<String, Boolean> wrong = new LruMap<>(MAX_OF_EACH);

  /** Returns whether the password was right; null if not cached. */
  synchronized @Nullable Boolean find(String key) {
    Boolean found = right.get(key);
    return found == null ? wrong.get(key) : found;
  }

  synchronized void put(String key, boolean isRight) {
    (isRight ? right : wrong).put(key, isRight);
  }

  synchronized int size() {
    return right.size() + wrong.size();
  }
}
