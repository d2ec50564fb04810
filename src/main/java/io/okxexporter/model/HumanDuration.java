package io.okxexporter.model;

import java.time.Duration;

/** Formats durations for people: rounded, in one unit, with the sign expressed in words. */
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

  /** Shows tenths below 10 s only. */
  private static String seconds(Duration length) {
    long tenths = in(Duration.ofMillis(100), length);
    return tenths < 100 && tenths % 10 != 0
        ? tenths / 10 + "." + tenths % 10
        : Long.toString(in(SHORT, length));
  }

  private static long in(Duration unit, Duration length) {
    return length.plus(unit.dividedBy(2)).dividedBy(unit);
  }

  /** How old something is, or how far it lies ahead of the local clock. */
  public static String old(Duration age) {
    return since(age, " old");
  }

  /** How long ago something was, or how far it lies ahead of the local clock. */
  public static String ago(Duration since) {
    return since(since, " ago");
  }

  /** Ignores the sign below a second, as clocks are not that exact. */
  private static String since(Duration since, String word) {
    if (since.abs().compareTo(SHORT) < 0) {
      return "less than 1 s" + word;
    }
    return of(since) + (since.isNegative() ? " ahead of the local clock" : word);
  }

  /** The difference of a clock from another, such as {@code 45 s behind}. */
  public static String against(Duration ahead) {
    return of(ahead) + (ahead.isNegative() ? " behind" : " ahead of");
  }
}
