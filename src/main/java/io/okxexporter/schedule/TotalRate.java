package io.okxexporter.schedule;

/**
 * Bounds the starts of the whole process, all users together: in no window of <i>n</i> / rate
 * seconds more than <i>n</i>, where <i>n</i> is the rate, or 1 if it is smaller. Times are
 * nanoseconds since the start.
 */
final class TotalRate {
  private final long window;
  private final long[] freeAt;
  private int oldest;

  TotalRate(double perSecond) {
    int starts = (int) Math.max(1, Math.min(perSecond, 1_000_000));
    window = (long) Math.ceil(starts / perSecond * 1e9);
    freeAt = new long[starts];
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
