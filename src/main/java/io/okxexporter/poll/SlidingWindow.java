package io.okxexporter.poll;

import java.util.Arrays;

/**
 * Bounds the starts of the whole process, all users together: in no second more than the rate, and
 * in no fiftieth of one more than a fiftieth of that. So users who are due at the same moment, as
 * they all are after a pause of the process, do not come as a wave of requests. Times are
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

  /** When every start so far is out of both windows. */
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

  /** No more than <i>n</i> starts in <i>n</i> / rate seconds; at least one. */
  private static final class Window {
    private final long length;
    private final long[] freeAt;
    private int oldest;

    Window(double most, double perSecond, long notBefore) {
      int starts = (int) Math.max(1, Math.min(most, 1_000_000));
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
