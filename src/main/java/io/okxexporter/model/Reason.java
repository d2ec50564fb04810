package io.okxexporter.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a request failed; a closed set of values for the label {@code reason}. */
public enum Reason {
  /** Another program with the same User ID or address used up a limit. */
  RATE_LIMITED(
      Course.PASSES,
      "OKX rejected the request for exceeding a rate limit: other programs with the same User ID"
          + " share this limit, and OKX also sheds load this way. If this lasts, lower"
          + " max_requests_per_second, or put the keys of one User ID into one rate_limit_group.",
      "OKX's edge rate-limits the address of this machine (or of proxy_url), whatever the key:"
          + " other programs behind the same address count too. If this lasts, lower"
          + " max_requests_per_second_total, or use another address.",
      "50011 50040 50061 58102"),
  /** OKX is down, busy or under maintenance. */
  UNAVAILABLE(
      Course.PASSES,
      "OKX is busy or under maintenance; polling continues, more slowly. OKX announces maintenance"
          + " on its status page.",
      "50001 50004 50013 50026 50046 50062 58007 1 2"),
  /** OKX rejects the key, the passphrase, the signature or the permission. */
  AUTH(
      Course.NEEDS_HUMAN,
      "OKX rejected the key: check API key, secret key and passphrase (50105: passphrase, 50111:"
          + " API key, 50113: secret key) and that the key has the permission Read (50120) and was"
          + " not deleted. Once fixed at OKX, polling recovers within about a minute; after a"
          + " change of a secret file at once, of a variable or a credential of systemd after a"
          + " restart.",
      "50100 50103 50104 50105 50106 50107 50108 50109 50111 50113 50114 50116 50118"
          + " 50030 50035 50041 50120"),
  /** A key of another region, or a demo key on the live exchange, or the reverse. */
  WRONG_ENVIRONMENT(
      Course.NEEDS_HUMAN,
      "The key is not valid here. 50119: the API key is mistyped or swapped with another text, or it"
          + " is a key of another region (set region to global, eea for accounts of my.okx.com, or us"
          + " for accounts of app.okx.com), or it was deleted."
          + " 50101: a demo key needs demo: true, a live key demo: false. 50038: demo trading does"
          + " not offer this.",
      "50101 50119 50038 50053 50067"),
  /** The key is bound to other addresses. */
  IP_NOT_ALLOWED(
      Course.NEEDS_HUMAN,
      "The key is bound to other IP addresses: add the address of this machine (or of"
          + " proxy_url) to the key's list at OKX. The first log line of this failure shows"
          + " the address OKX saw.",
      "50110 50121"),
  /** OKX's edge, or a device on the way to it, rejects the address without checking the key. */
  BLOCKED(
      Course.NEEDS_HUMAN,
      "OKX's edge, or an intermediary, blocks the address of this machine (or of proxy_url) without"
          + " checking the key. Check which address the requests come from, that region is where"
          + " the account was registered, and that OKX serves the country of that address. Once"
          + " unblocked, values return within about a minute.",
      ""),
  /** The local clock and OKX's are more than 30 s apart. */
  CLOCK(
      Course.PASSES,
      "The clock of this machine and OKX's are more than 30 s apart: turn on time synchronisation"
          + " (NTP).",
      "50102 50112"),
  /** The account is blocked or incomplete. */
  ACCOUNT(
      Course.NEEDS_HUMAN,
      "OKX reports the account as blocked, suspended or not fully set up: log in at OKX and follow"
          + " its instructions.",
      "50007 50008 50009 50012 50019 50022 50027 50029 50051 50052 50059 50060"
          + " 58004 58011 59508 59510 4088"),
  /** OKX rejects the request itself, most likely because of the unit. */
  BAD_REQUEST(
      Course.NEEDS_OTHER_UNIT,
      "OKX rejects requests for this unit: check its spelling in ccys. The other units are still"
          + " polled.",
      "50000 50002 50005 50006 50010 50014 50015 50016 50024 50025 50115 51000"),
  /** The status is success, but the response does not match the documentation. */
  MALFORMED(
      Course.PASSES,
      "The response, from OKX or an intermediary, is not what OKX documents; if this lasts, check"
          + " proxies and custom base URLs in region.",
      ""),
  /** No complete response within the timeout. */
  TIMEOUT(
      Course.PASSES,
      "No response from OKX in time: check the network, the proxy and OKX's status page.",
      ""),
  /** The connection could not be made, or it broke. */
  NETWORK(
      Course.PASSES,
      "No connection to OKX: check DNS, firewall, proxy and TLS interception; the log names the"
          + " fault.",
      ""),
  /** An unknown code or status. */
  UNKNOWN(
      Course.PASSES,
      "OKX returned a code unknown to this version; the log names it. Polling continues, more"
          + " slowly.",
      "OKX, or an intermediary, returned an unexpected HTTP status; the log names it. If this"
          + " lasts, check proxies and custom base URLs in region.",
      "");

  /** How a failure ends, which decides how to retry. */
  public enum Course {
    /** It passes by itself: retry with a growing back-off. */
    PASSES,
    /** A person must fix it: retry about once a minute, with one of the user's units. */
    NEEDS_HUMAN,
    /** Only this unit is wrong: retry it about once a minute, and poll the others as usual. */
    NEEDS_OTHER_UNIT
  }

  private static final Map<String, Reason> BY_CODE =
      Arrays.stream(values())
          .flatMap(reason -> reason.codes.stream().map(code -> Map.entry(code, reason)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, String> REMEDIES_BY_CODE =
      Map.of(
          "50038",
          "Demo trading does not offer this: use a key of the live exchange, with demo: false.",
          "50101",
          "A demo key needs demo: true, a live key demo: false.",
          "50105",
          "Set the passphrase that was chosen when the key was created; it is not the password of"
              + " the account.",
          "50110",
          "Add the rejected address to the key's list of IP addresses at OKX.",
          "50111",
          "Copy the API key from OKX again, or create a new one if it was deleted.",
          "50113",
          "Copy the secret key again, or create a new key: OKX shows a secret key only once.",
          "50119",
          "Check that the API key is neither mistyped nor swapped with the secret key or passphrase,"
              + " set region to where the account is (global, eea for accounts of my.okx.com, or us"
              + " for accounts of app.okx.com), or create a new key if it was deleted.",
          "50120",
          "Grant the key the permission Read at OKX.");

  private final String label = name().toLowerCase(Locale.ROOT);
  private final Course course;
  private final String remedy;
  private final @Nullable String remedyWithoutCode;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> codes;

  Reason(Course course, String remedy, String codes) {
    this(course, remedy, null, codes);
  }

  /**
   * @param remedyWithoutCode the remedy if a response without OKX's code means something else; null
   *     if it does not
   */
  Reason(Course course, String remedy, @Nullable String remedyWithoutCode, String codes) {
    this.course = course;
    this.remedy = remedy;
    this.remedyWithoutCode = remedyWithoutCode;
    this.codes = codes.isEmpty() ? Set.of() : Set.of(codes.split(" "));
  }

  /**
   * The reason for a code by OKX's documentation or recorded responses; empty for an unknown code.
   */
  public static Optional<Reason> ofCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The value of the label {@code reason}. */
  public String label() {
    return label;
  }

  /** How this failure ends. */
  public Course course() {
    return course;
  }

  /** The remedies with a code and without one. */
  public String remedy() {
    return remedyWithoutCode == null ? remedy : remedy + " Without a code, " + remedyWithoutCode;
  }

  /**
   * The remedy for one failure: one sentence if more is known about its code than the reason.
   *
   * @param code OKX's code, null if there was none
   */
  public String remedy(@Nullable String code) {
    if (code == null) {
      return remedyWithoutCode == null ? remedy : remedyWithoutCode;
    }
    return REMEDIES_BY_CODE.getOrDefault(code, remedy);
  }

  /** As above, for a request that is not for a valuation. */
  public String diagnosticRemedy(@Nullable String code) {
    return this == BAD_REQUEST
        ? "OKX rejects this request, which is the same for all keys: see whether a newer version of"
            + " okx-exporter is out."
        : remedy(code);
  }

  /** OKX's codes with this reason. */
  public Set<String> codes() {
    return codes;
  }
}
