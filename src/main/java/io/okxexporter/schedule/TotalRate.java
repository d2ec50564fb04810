package io.okxexporter.schedule;

import java.util.Arrays;

/**
 * Bounds the starts of the whole process, all users together: in no window of <i>n</i> / rate
 * seconds more than <i>n</i>, where <i>n</i> is the rate, or 1 if it is smaller. Times are
 * nanoseconds since the start.
 */
final class TotalRate {
  private final long window;
  private final long[] freeAt;
  private int oldest;

  /**
   * @param notBefore when the first request may start
   */
  TotalRate(double perSecond, long notBefore) {
    int starts = (int) Math.max(1, Math.min(perSecond, 1_000_000));
    window = (long) Math.ceil(starts / perSecond * 1e9);
    freeAt = new long[starts];
    Arrays.fill(freeAt, notBefore);
  }

  /** When every start so far is out of the window. */
  long free() {
    return Arrays.stream(freeAt).max().orElseThrow();
  }

  /** When the next request may start. */
  long earliest() {
    return freeAt[oldest];
  }

  void started(long now) {
    freeAt[oldest] = now + window;
    oldest = (oldest + 1) % freeAt.length;
  }
}
