package io.okxexporter.model;

import java.time.Duration;

/** Durations as a person says them: one unit, rounded; the sign is left to the words. */
public final class HumanDuration {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private HumanDuration() {}

  /** Such as {@code 12 ms}, {@code 1.5 s}, {@code 90 s}, {@code 90 min}, {@code 36 h}. */
  public static String of(Duration duration) {
    Duration length = duration.abs();
    if (length.compareTo(SHORT) < 0) {
      return length.toMillis() + " ms";
    }
    if (length.toMinutes() < 2) {
      return seconds(length) + " s";
    }
    if (length.toHours() < 2) {
      return in(Duration.ofMinutes(1), length) + " min";
    }
    return length.toDays() < 2
        ? in(Duration.ofHours(1), length) + " h"
        : in(Duration.ofDays(1), length) + " days";
  }

  /** Tenths matter only to a few seconds. */
  private static String seconds(Duration length) {
    long tenths = in(Duration.ofMillis(100), length);
    return tenths < 100 && tenths % 10 != 0
        ? tenths / 10 + "." + tenths % 10
        : Long.toString(in(SHORT, length));
  }

  private static long in(Duration unit, Duration length) {
    return length.plus(unit.dividedBy(2)).dividedBy(unit);
  }

  /** How old something is; a time ahead of our clock is said to be just that. */
  public static String old(Duration age) {
    return since(age, " old");
  }

  /** How long ago something was. */
  public static String ago(Duration since) {
    return since(since, " ago");
  }

  /** Below a second it is a matter of how right the clocks are. */
  private static String since(Duration since, String word) {
    if (since.abs().compareTo(SHORT) < 0) {
      return "less than 1 s" + word;
    }
    return of(since) + (since.isNegative() ? " ahead of our clock" : word);
  }

  /** Where a clock stands against another: such as {@code 45 s behind}. */
  public static String against(Duration ahead) {
    return of(ahead) + (ahead.isNegative() ? " behind" : " ahead of");
  }
}
