package io.okxexporter.model;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The identity and permissions of an API key: one response of {@code GET /api/v5/account/config}.
 *
 * @param uid User ID; a string because a double cannot hold its up to 18 digits
 * @param mainUid User ID of the main account; the same for a main account
 * @param accountType {@code main}, {@code sub} or {@code other}
 * @param permissions {@code read_only}, {@code trade}, {@code withdraw}
 * @param ipBound whether OKX accepts the key from some addresses only
 */
public record ApiKeyInfo(
    String uid, String mainUid, String accountType, Set<String> permissions, boolean ipBound) {
  /** The remedy for a key that is not read-only. */
  public static final String REMEDY =
      "The exporter needs only the permission Read: create a key at OKX with only that, configure"
          + " it here and delete this one.";

  /** A warning about a key that {@link #expiresWhenIdle()}. */
  public static final String EXPIRY =
      "Bound to no IP address, it also expires after 14 idle days; a read-only key does not.";

  /** The {@link #accountType} of a sub-account. */
  public static final String SUB = "sub";

  /** Copies the permissions, in alphabetical order. */
  public ApiKeyInfo {
    permissions = Collections.unmodifiableSortedSet(new TreeSet<>(permissions));
  }

  /** Whether the key permits no more than the exporter needs. */
  public boolean readOnly() {
    return Set.of("read_only").containsAll(permissions);
  }

  /** Whether the key is of a sub-account. */
  public boolean isSubAccount() {
    return accountType.equals(SUB);
  }

  /** Whether the key expires after 14 idle days. */
  public boolean expiresWhenIdle() {
    return !readOnly() && !ipBound;
  }
}
