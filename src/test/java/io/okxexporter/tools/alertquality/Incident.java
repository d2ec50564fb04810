package io.okxexporter.tools.alertquality;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as whoever made it happen labels it; times are seconds of the history.
 *
 * @param user whom it concerns; null for everyone
 * @param ccy which unit; null for every one
 * @param from its first second
 * @param until the second after its last; the same where it takes no time
 * @param size the share of the user's worth, or of the price, with its sign; 0 where that means
 *     nothing
 */
record Incident(
    IncidentType type,
    @Nullable String user,
    @Nullable String ccy,
    long from,
    long until,
    double size) {
  boolean concerns(String otherUser, String otherCcy) {
    return isOf(otherUser) && (ccy == null || ccy.equals(otherCcy));
  }

  /** Whether it concerns that user, alone or with everyone. */
  boolean isOf(String otherUser) {
    return user == null || user.equals(otherUser);
  }

  boolean at(long second) {
    return from <= second && second < until;
  }

  /** Whether any of it lies within these seconds, both included. */
  boolean within(long first, long last) {
    return from <= last && first <= until;
  }
}
