package io.okxexporter.model;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an API key is and may do: one response of {@code GET /api/v5/account/config}.
 *
 * @param uid User ID: up to 18 digits, beyond what a double holds, so a string
 * @param mainUid User ID of the main account; the same for a main account
 * @param accountType {@code main}, {@code sub} or {@code other}
 * @param permissions {@code read_only}, {@code trade}, {@code withdraw}
 * @param ipBound whether OKX accepts the key from some addresses only
 */
public record ApiKeyInfo(
    String uid, String mainUid, String accountType, Set<String> permissions, boolean ipBound) {
  /** What to do about a key that is not read-only. */
  public static final String REMEDY =
      "The exporter needs only the permission Read: create a key at OKX with only that, configure"
          + " it here and delete this one.";

  /** What else there is to know of a key that {@link #expiresWhenIdle()}. */
  public static final String EXPIRY =
      "Bound to no IP address, it also expires after 14 idle days; a read-only key does not.";

  /** Keeps its own copy of the permissions, in alphabetical order. */
  public ApiKeyInfo {
    permissions = Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
  }

  /** Whether the key can do no more than the exporter needs. */
  public boolean readOnly() {
    return Set.of("read_only").containsAll(permissions);
  }

  /** Whether OKX lets the key expire after 14 idle days. */
  public boolean expiresWhenIdle() {
    return !readOnly() && !ipBound;
  }
}
