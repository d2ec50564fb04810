package io.okxexporter.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Wait times after failures, with jitter so that many users do not retry at once. */
public final class Backoff {
  private static final long FIRST = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST = Duration.ofSeconds(60).toNanos();
  private static final double JITTER = 0.2;

  private final RandomGenerator random;

  /**
   * @param random the source of the jitter
   */
  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** For failures that pass by themselves: 2 s doubling to 60 s, ±20 %, in nanoseconds. */
  public long afterFailures(int inARow) {
    int doublings = Math.min(inARow - 1, Long.SIZE - Long.numberOfLeadingZeros(LONGEST / FIRST));
    return jittered(Math.min(FIRST << doublings, LONGEST));
  }

  /** For failures that need a fix: a minute, ±20 %, in nanoseconds. */
  public long untilFixed() {
    return jittered(LONGEST);
  }

  private long jittered(long nanos) {
    return (long) (nanos * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }
}
