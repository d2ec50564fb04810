package io.okxexporter.tools.soak;

/** A histogram of the age of values when replaced, in tenths of a second. */
final class AgeHistogram {
  private static final long TENTH = 100_000_000L;
  private static final int LONGEST = 10 * 60 * 60 * 24;

  private final int[] tenths = new int[LONGEST + 1];
  private long count;
  private long worst;

  void add(long nanos) {
    tenths[(int) Math.min(nanos / TENTH, LONGEST)]++;
    count++;
    worst = Math.max(worst, nanos);
  }

  double worstSeconds() {
    return worst / 1e9;
  }

  /** The age below which the given share of values lies, rounded up. */
  double secondsAt(double share) {
    long left = (long) (count * share);
    int tenth = 0;
    while (tenth < LONGEST && (left -= tenths[tenth]) >= 0) {
      tenth++;
    }
    return (tenth + 1) / 10.0;
  }
}
