package io.okxexporter.check;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import java.util.ArrayList;
import java.util.List;

/** Builds the step that reports what OKX returns about the API key. */
final class KeyStep {
  static final String NAME = "key";

  private KeyStep() {}

  /**
   * @param allowTradingKeys whether the exporter polls with a key that may trade or withdraw
   */
  static Step accepted(ApiKeyInfo key, boolean allowTradingKeys) {
    String text =
        "accepted: User ID %s (%s account), may %s, %s"
            .formatted(
                key.uid(),
                key.accountType(),
                rights(key),
                key.ipBound() ? "bound to IP addresses" : "bound to no IP address");
    if (key.readOnly()) {
      return Step.pass(NAME, text);
    }
    if (!allowTradingKeys) {
      return Step.fail(
          NAME,
          text + "; allow_trading_keys: false keeps the exporter from using it",
          ApiKeyInfo.REMEDY);
    }
    return Step.warn(
        NAME,
        key.expiresWhenIdle() ? text + ", so OKX lets it expire after 14 idle days" : text,
        ApiKeyInfo.REMEDY);
  }

  private static String rights(ApiKeyInfo key) {
    List<String> rights = new ArrayList<>();
    addIf(rights, key, "read_only", "read");
    addIf(rights, key, "trade", "trade");
    addIf(rights, key, "withdraw", "withdraw");
    key.permissions().stream()
        .filter(it -> !List.of("read_only", "trade", "withdraw").contains(it))
        .sorted()
        .forEach(rights::add);
    return StepText.list(rights) + (rights.equals(List.of("read")) ? " only" : "");
  }

  private static void addIf(List<String> rights, ApiKeyInfo key, String permission, String word) {
    if (key.permissions().contains(permission)) {
      rights.add(word);
    }
  }

  /**
   * Fails if the key is rejected for good. Otherwise its permissions are unknown, and valuations
   * are still requested.
   */
  static Step rejected(User user, Failure<?> failure) {
    String text = StepText.failure(failure);
    String unknown = failure.reason() == Reason.BLOCKED ? "not checked: " : "permissions unknown: ";
    Step step =
        isFinal(failure.reason())
            ? Step.fail(
                NAME, "rejected: " + text + modeMismatch(user, failure), remedy(user, failure))
            : Step.warn(NAME, unknown + text, failure.reason().diagnosticRemedy(failure.code()));
    return step.because(failure);
  }

  /** Whether the key is at fault, so that every other request with it would be rejected as well. */
  static boolean isFinal(Reason reason) {
    return switch (reason) {
      case AUTH, WRONG_ENVIRONMENT, IP_NOT_ALLOWED, CLOCK, ACCOUNT -> true;
      case RATE_LIMITED, UNAVAILABLE, BLOCKED, BAD_REQUEST -> false;
      case MALFORMED, TIMEOUT, NETWORK, UNKNOWN -> false;
    };
  }

  private static boolean isOfOtherMode(Failure<?> failure) {
    return "50101".equals(failure.code());
  }

  private static String modeMismatch(User user, Failure<?> failure) {
    if (!isOfOtherMode(failure)) {
      return "";
    }
    return user.demo()
        ? "; the configuration has demo: true, but this is a key of the live exchange"
        : "; the configuration has demo: false, but this is a key of demo trading";
  }

  private static String remedy(User user, Failure<?> failure) {
    return isOfOtherMode(failure)
        ? "Set demo: %s (OKX_DEMO=%1$s), or use a key of %s."
            .formatted(!user.demo(), user.demo() ? "demo trading" : "the live exchange")
        : failure.remedy();
  }
}
