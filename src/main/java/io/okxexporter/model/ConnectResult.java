package io.okxexporter.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What came of connecting to a host, without asking it for anything. */
public sealed interface ConnectResult {
  /**
   * It can be reached.
   *
   * @param took how long each part of the way took, in order: {@code DNS}, {@code TCP}, and, with
   *     https, {@code TLS}
   */
  record Reached(Map<String, Duration> took) implements ConnectResult {
    /** Keeps its own copy, in order. */
    public Reached {
      took = Collections.unmodifiableMap(new LinkedHashMap<>(took));
    }
  }

  /**
   * It cannot.
   *
   * @param part the part of the way that failed, as in {@link Reached}
   * @param fault what kind of failure
   * @param detail what the machine says about it, on one line
   */
  record Unreached(String part, ConnectFault fault, String detail) implements ConnectResult {}
}
