package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.model.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request was made with a user's key, and may be: OKX's checks, in OKX's order as far as
 * it is known (when the address is looked at is not). Written without the exporter's signer, so
 * that a fault in one does not hide in the other.
 */
final class RequestAuthenticator {
  private static final Duration TOLERANCE = Duration.ofSeconds(30);
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");

  private RequestAuthenticator() {}

  /** The text by which a request names the user. */
  static String key(SimulatedUser user) {
    return user.credentials().apiKey().reveal();
  }

  /** The first thing that is wrong with the request; empty if nothing is. */
  static Optional<ErrorResponse> check(SimulatedUser user, Instant now, SimulatedRequest request) {
    return environment(user, request)
        .or(() -> address(user, request))
        .or(() -> passphrase(user, request))
        .or(() -> timestamp(now, request))
        .or(() -> sign(user, request))
        .or(() -> refuse(!user.settings().reads(), ErrorResponse.NO_PERMISSION));
  }

  private static Optional<ErrorResponse> environment(SimulatedUser user, SimulatedRequest request) {
    boolean demo = request.header("x-simulated-trading").filter("1"::equals).isPresent();
    return refuse(demo != user.demo(), ErrorResponse.WRONG_ENVIRONMENT);
  }

  private static Optional<ErrorResponse> address(SimulatedUser user, SimulatedRequest request) {
    return refuse(!user.settings().admits(request.address()), ErrorResponse.ADDRESS_NOT_ALLOWED);
  }

  private static Optional<ErrorResponse> passphrase(SimulatedUser user, SimulatedRequest request) {
    Optional<Secret> given = request.header("ok-access-passphrase").map(Secret::new);
    if (given.isEmpty()) {
      return Optional.of(ErrorResponse.NO_PASSPHRASE);
    }
    return refuse(
        !user.credentials().passphrase().equals(given.get()), ErrorResponse.WRONG_PASSPHRASE);
  }

  private static Optional<ErrorResponse> timestamp(Instant now, SimulatedRequest request) {
    Optional<String> given = request.header("ok-access-timestamp");
    if (given.isEmpty()) {
      return Optional.of(ErrorResponse.NO_TIMESTAMP);
    }
    return parse(given.get())
        .map(sent -> refuse(expired(now, sent), ErrorResponse.TIMESTAMP_EXPIRED))
        .orElse(Optional.of(ErrorResponse.INVALID_TIMESTAMP));
  }

  private static boolean expired(Instant now, Instant sent) {
    return Duration.between(sent, now).abs().compareTo(TOLERANCE) > 0;
  }

  private static Optional<Instant> parse(String timestamp) {
    try {
      return TIMESTAMP.matcher(timestamp).matches()
          ? Optional.of(Instant.parse(timestamp))
          : Optional.empty();
    } catch (DateTimeParseException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<ErrorResponse> sign(SimulatedUser user, SimulatedRequest request) {
    Optional<String> given = request.header("ok-access-sign");
    if (given.isEmpty()) {
      return Optional.of(ErrorResponse.NO_SIGN);
    }
    String timestamp = request.header("ok-access-timestamp").orElse("");
    String expected =
        signature(user.credentials().secretKey(), timestamp + request.method() + request.target());
    boolean wrong = !MessageDigest.isEqual(expected.getBytes(UTF_8), given.get().getBytes(UTF_8));
    return refuse(wrong, ErrorResponse.INVALID_SIGN);
  }

  /** Base64 of the HMAC-SHA256 of the text. */
  static String signature(Secret secretKey, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secretKey.reveal().getBytes(UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static Optional<ErrorResponse> refuse(boolean wrong, ErrorResponse refusal) {
    return wrong ? Optional.of(refusal) : Optional.empty();
  }
}
