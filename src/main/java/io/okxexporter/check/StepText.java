package io.okxexporter.check;

import io.okxexporter.model.IpAddress;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import java.util.List;
import java.util.regex.Matcher;

/** The wording shared by the steps. */
final class StepText {
  private StepText() {}

  /** Describes a failure. */
  static String failure(Failure<?> failure) {
    if (failure.reason() == Reason.IP_NOT_ALLOWED) {
      return rejectedAddress(failure);
    }
    String what =
        failure.code() == null ? withoutCode(failure.reason()) : "OKX returned " + failure.code();
    return what + " (" + failure.detail() + ")";
  }

  private static String withoutCode(Reason reason) {
    return switch (reason) {
      case TIMEOUT -> "no response in time";
      case NETWORK -> "the connection failed or was lost";
      case MALFORMED -> "not a response from OKX";
      case RATE_LIMITED -> "OKX's edge rate-limits this address";
      case BLOCKED -> "OKX's edge, or an intermediary, blocks this address";
      case UNAVAILABLE,
          AUTH,
          WRONG_ENVIRONMENT,
          IP_NOT_ALLOWED,
          CLOCK,
          ACCOUNT,
          BAD_REQUEST,
          UNKNOWN ->
          "unexpected response, " + reason.label();
    };
  }

  /** The only place that shows the address: the user must add it to the key's list. */
  private static String rejectedAddress(Failure<?> failure) {
    Matcher address = IpAddress.PATTERN.matcher(failure.detail());
    return "OKX returned "
        + failure.code()
        + (address.find()
            ? ": the key's IP allowlist does not include " + address.group()
            : " (" + failure.detail() + ")");
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  static String list(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
