package io.okxexporter.web.security;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that evicts its least recently used entry once it is full. */
final class LruMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int maxEntries;

  /**
   * @param maxEntries the most entries it keeps
   */
  LruMap(int maxEntries) {
    super(16, 0.75f, true);
    this.maxEntries = maxEntries;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > maxEntries;
  }
}
