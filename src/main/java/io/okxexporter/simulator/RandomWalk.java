package io.okxexporter.simulator;

import java.util.SplittableRandom;

/**
 * A random walk with direct access to any step. It bisects its whole length repeatedly; the
 * displacement of each midpoint depends on the seed and the midpoint alone. A step's variance is 1.
 */
final class RandomWalk {
  /** Eight years of seconds; beyond, the walk stands still. */
  private static final long LENGTH = 1L << 28;

  /** Mean and standard deviation of the sum of four uniform 16-bit numbers. */
  private static final double MEAN = 4 * 65_535 / 2.0;

  private static final double DEVIATION = 65_536 * Math.sqrt(4 / 12.0);

  private final long seed;

  RandomWalk(long seed) {
    this.seed = seed;
  }

  /** Returns the position at a step; 0 at step 0 and before. */
  double at(long step) {
    long target = Math.max(0, Math.min(step, LENGTH - 1));
    long left = 0;
    long right = LENGTH;
    double atLeft = 0;
    double atRight = gaussian(LENGTH) * Math.sqrt(LENGTH);
    while (left < target && right - left > 1) {
      long middle = (left + right) / 2;
      double atMiddle =
          (atLeft + atRight) / 2 + gaussian(middle) * Math.sqrt((double) (right - left)) / 2;
      if (target < middle) {
        right = middle;
        atRight = atMiddle;
      } else {
        left = middle;
        atLeft = atMiddle;
      }
    }
    return atLeft;
  }

  /** Approximately normal, and always the same for the same step. */
  private double gaussian(long step) {
    long bits = new SplittableRandom(seed + step).nextLong();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum - MEAN) / DEVIATION;
  }
}
