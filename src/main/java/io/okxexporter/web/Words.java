package io.okxexporter.web;

import java.time.Duration;

/** Times as a person says them: one unit, rounded down. */
final class Words {
  private Words() {}

  /** Such as {@code 12 s}; the sign does not show. */
  static String length(Duration duration) {
    Duration length = duration.abs();
    if (length.toSeconds() < 1) {
      return "under 1 s";
    }
    if (length.toMinutes() < 2) {
      return length.toSeconds() + " s";
    }
    if (length.toHours() < 2) {
      return length.toMinutes() + " min";
    }
    return length.toDays() < 2 ? length.toHours() + " h" : length.toDays() + " days";
  }

  /** How old something is; a time ahead of our clock is said to be just that. */
  static String old(Duration age) {
    return age.isNegative() ? length(age) + " ahead of our clock" : length(age) + " old";
  }

  /** How long ago something was. */
  static String ago(Duration since) {
    return since.isNegative() ? length(since) + " ahead of our clock" : length(since) + " ago";
  }

  /** Such as {@code 1 user} or {@code 2 users}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
