package io.okxexporter.schedule;

import java.util.Arrays;

/**
 * Bounds the starts of the whole process, all users together: in no window of <i>n</i> / rate
 * seconds more than <i>n</i>, where <i>n</i> is a fiftieth of the rate, or 1 if that is smaller. So
 * users who are due at the same moment, as they all are after a pause of the process, do not come
 * as a wave of requests. Times are nanoseconds since the start.
 */
final class TotalRate {
  private static final int WINDOWS_PER_SECOND = 50;

  private final long window;
  private final long[] freeAt;
  private int oldest;

  /**
   * @param notBefore when the first request may start
   */
  TotalRate(double perSecond, long notBefore) {
    int starts = (int) Math.max(1, Math.min(perSecond, 1_000_000) / WINDOWS_PER_SECOND);
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
