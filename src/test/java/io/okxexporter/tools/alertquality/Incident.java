package io.okxexporter.tools.alertquality;

import org.jspecify.annotations.Nullable;

/**
 * One event as labelled by the generator; times are seconds of the history.
 *
 * @param user the affected user; null for all
 * @param ccy the affected unit; null for all
 * @param from its first second
 * @param until the second after its last; equal to {@code from} for an instant
 * @param size the signed share of the user's worth, or of the price; 0 where not applicable
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

  /** Whether it affects that user, alone or together with all. */
  boolean isOf(String otherUser) {
    return user == null || user.equals(otherUser);
  }

  boolean at(long second) {
    return from <= second && second < until;
  }

  /** Whether it overlaps these seconds, both included. */
  boolean within(long first, long last) {
    return from <= last && first <= until;
  }
}
