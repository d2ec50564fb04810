package io.okxexporter.web.status;

import static java.util.stream.Collectors.joining;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.store.UserView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The API key section of a user's card; empty while the key is unknown. */
final class ApiKeySection {
  private static final String REMEDY_IF_BLOCKED =
      ApiKeyInfo.REMEDY
          + " Or remove the other permissions from this one at OKX; the exporter notices within an"
          + " hour. To poll with it anyway, set allow_trading_keys (in the environment"
          + " OKX_ALLOW_TRADING_KEYS) to true.";
  private static final String EXPIRY = "<p class=\"remedy\">" + ApiKeyInfo.EXPIRY + "</p>\n";

  private final @Nullable ApiKeyInfo keyInfo;
  private final boolean blocked;
  private final @Nullable Failure<?> failure;
  private final boolean failsAlike;

  ApiKeySection(UserView user) {
    this.keyInfo = user.keyInfo();
    this.blocked = user.blocked();
    this.failure = user.keyFailure();
    this.failsAlike =
        user.units().stream().anyMatch(unit -> isAlike(unit.failing(), user.keyFailure()));
  }

  private static boolean isAlike(@Nullable Failure<?> one, @Nullable Failure<?> other) {
    return one != null
        && other != null
        && one.reason() == other.reason()
        && Objects.equals(one.code(), other.code());
  }

  /** Returns whether the newest request for its permissions failed in a way of its own. */
  boolean isUnchecked() {
    return failure != null && !failsAlike;
  }

  /** Returns whether the key may do more than read. */
  boolean isDangerous() {
    return keyInfo != null && !keyInfo.readOnly();
  }

  /** Returns the account and permissions of the key in one line. */
  String about() {
    return keyInfo == null ? "" : "<p class=\"about\">" + about(keyInfo) + "</p>\n";
  }

  private static String about(ApiKeyInfo keyInfo) {
    return "User ID %s%s · key %s, %s"
        .formatted(
            Html.escape(keyInfo.uid()),
            keyInfo.isSubAccount() ? " · sub-account of " + Html.escape(keyInfo.mainUid()) : "",
            keyInfo.permissions().stream().map(Html::escape).collect(joining(" + ")),
            keyInfo.ipBound() ? "bound to IP addresses" : "bound to no IP address");
  }

  /** Returns each problem with the key and its remedy; empty if it may only read. */
  String warning() {
    return (keyInfo == null || keyInfo.readOnly() ? "" : warning(keyInfo))
        + (failure != null && isUnchecked() ? unchecked(failure) : "");
  }

  private static String unchecked(Failure<?> failure) {
    String code = failure.code() == null ? "" : " · OKX code " + Html.escape(failure.code());
    return """
        <div class="warning allowed">
        <p><strong>The key could not be checked: %s</strong>%s</p>
        <p class="remedy">%s</p>
        </div>
        """
        .formatted(
            failure.reason().label(),
            code,
            Html.escape(failure.reason().diagnosticRemedy(failure.code())));
  }

  private String warning(ApiKeyInfo keyInfo) {
    return """
        <div class="warning %s">
        <p><strong>%s</strong></p>
        <p class="remedy">%s</p>
        %s</div>
        """
        .formatted(
            blocked ? "blocked" : "allowed",
            title(keyInfo),
            blocked ? REMEDY_IF_BLOCKED : ApiKeyInfo.REMEDY,
            keyInfo.expiresWhenIdle() ? EXPIRY : "");
  }

  private String title(ApiKeyInfo keyInfo) {
    String rights =
        keyInfo.permissions().stream()
            .filter(permission -> !permission.equals("read_only"))
            .map(Html::escape)
            .collect(joining(" and "));
    return blocked
        ? "Not polled: the key may " + rights + ", and allow_trading_keys is false"
        : "The key may " + rights;
  }
}
