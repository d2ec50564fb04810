package io.okxexporter.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failures; with jitter, so that many users do not come back at once. */
public final class Backoff {
  private static final long FIRST = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST = Duration.ofSeconds(60).toNanos();
  private static final double JITTER = 0.2;

  private final RandomGenerator random;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** What passes by itself: 2 s doubling to 60 s, ±20 %, in nanoseconds. */
  long afterFailures(int inARow) {
    int doublings = Math.min(inARow - 1, Long.SIZE - Long.numberOfLeadingZeros(LONGEST / FIRST));
    return jittered(Math.min(FIRST << doublings, LONGEST));
  }

  /** What somebody must mend: a minute, ±20 %, in nanoseconds. */
  long untilMended() {
    return jittered(LONGEST);
  }

  private long jittered(long nanos) {
    return (long) (nanos * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }
}
