package io.okxexporter.model;

import java.time.Instant;

/** A source of monotonic and wall time; tests use a virtual one. */
public interface Clock {
  /**
   * Monotonic time in nanoseconds from an arbitrary origin; it stops while the machine is
   * suspended.
   */
  long nanoTime();

  /** Wall time; may step in either direction. */
  Instant now();

  /** The clock of this machine. */
  static Clock system() {
    return new Clock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public Instant now() {
        return Instant.now();
      }
    };
  }
}
