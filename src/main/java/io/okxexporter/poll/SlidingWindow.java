package io.okxexporter.poll;

import java.util.Arrays;

/**
 * Limits the request starts of the whole process over two sliding windows. No second holds more
 * starts than the rate, and no fiftieth of a second more than a fiftieth of it. Users due at the
 * same moment, as all are after a pause of the process, thus cause no burst of requests. Times are
 * nanoseconds since the start.
 */
final class SlidingWindow {
  private final Window second;
  private final Window moment;

  /**
   * @param notBefore when the first request may start
   */
  SlidingWindow(double perSecond, long notBefore) {
    second = new Window(perSecond, perSecond, notBefore);
    moment = new Window(perSecond / 50, perSecond, notBefore);
  }

  /** When every start so far has left both windows. */
  long free() {
    return Math.max(second.free(), moment.free());
  }

  /** When the next request may start. */
  long earliest() {
    return Math.max(second.earliest(), moment.earliest());
  }

  void started(long now) {
    second.started(now);
    moment.started(now);
  }

  /** Allows at most <i>n</i> starts, but at least one, in <i>n</i> / rate seconds. */
  private static final class Window {
    private final long length;
    private final long[] freeAt;
    private int oldest;

    Window(double maxStarts, double perSecond, long notBefore) {
      int starts = (int) Math.max(1, Math.min(maxStarts, 1_000_000));
      length = (long) Math.ceil(starts / perSecond * 1e9);
      freeAt = new long[starts];
      Arrays.fill(freeAt, notBefore);
    }

    long free() {
      return Arrays.stream(freeAt).max().orElseThrow();
    }

    long earliest() {
      return freeAt[oldest];
    }

    void started(long now) {
      freeAt[oldest] = now + length;
      oldest = (oldest + 1) % freeAt.length;
    }
  }
}
