package io.okxexporter.web.security;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was used longest ago once there is too much of it. */
final class LruMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  /**
   * @param most how many it keeps
   */
  LruMap(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
