package io.okxexporter.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of connecting to a host, apart from any request. */
public sealed interface ConnectResult {
  /**
   * The host was reached.
   *
   * @param took how long each phase took, in order: {@code DNS}, {@code TCP} and, with https,
   *     {@code TLS}
   */
  record Reached(Map<String, Duration> took) implements ConnectResult {
    /** Copies the map, keeping its order. */
    public Reached {
      took = Collections.unmodifiableMap(new LinkedHashMap<>(took));
    }
  }

  /**
   * The host was not reached.
   *
   * @param part the phase that failed, named as in {@link Reached}
   * @param fault the kind of failure
   * @param detail the system's description, on one line
   */
  record Unreached(String part, ConnectFault fault, String detail) implements ConnectResult {}
}
