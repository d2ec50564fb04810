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
 * Checks the key, signature and permission of a request, in OKX's order as far as it is known (that
 * of the address check is not). Independent of the exporter's signer, so that neither hides a bug
 * of the other.
 */
final class RequestAuthenticator {
  private static final Duration TOLERANCE = Duration.ofSeconds(30);
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");

  private RequestAuthenticator() {}

  /** Returns the API key that identifies the user in a request. */
  static String key(SimulatedUser user) {
    return user.credentials().apiKey().reveal();
  }

  /** Returns the first error of the request; empty if there is none. */
  static Optional<ErrorResponse> check(SimulatedUser user, Instant now, SimulatedRequest request) {
    return environment(user, request)
        .or(() -> address(user, request))
        .or(() -> passphrase(user, request))
        .or(() -> timestamp(now, request))
        .or(() -> sign(user, request))
        .or(() -> rejectIf(!user.settings().reads(), ErrorResponse.NO_PERMISSION));
  }

  private static Optional<ErrorResponse> environment(SimulatedUser user, SimulatedRequest request) {
    boolean demo = request.header("x-simulated-trading").filter("1"::equals).isPresent();
    return rejectIf(demo != user.demo(), ErrorResponse.WRONG_ENVIRONMENT);
  }

  private static Optional<ErrorResponse> address(SimulatedUser user, SimulatedRequest request) {
    return rejectIf(!user.settings().admits(request.address()), ErrorResponse.ADDRESS_NOT_ALLOWED);
  }

  private static Optional<ErrorResponse> passphrase(SimulatedUser user, SimulatedRequest request) {
    Optional<Secret> given = request.header("ok-access-passphrase").map(Secret::new);
    if (given.isEmpty()) {
      return Optional.of(ErrorResponse.NO_PASSPHRASE);
    }
    return rejectIf(
        !user.credentials().passphrase().equals(given.get()), ErrorResponse.WRONG_PASSPHRASE);
  }

  private static Optional<ErrorResponse> timestamp(Instant now, SimulatedRequest request) {
    Optional<String> given = request.header("ok-access-timestamp");
    if (given.isEmpty()) {
      return Optional.of(ErrorResponse.NO_TIMESTAMP);
    }
    return parse(given.get())
        .map(sent -> rejectIf(expired(now, sent), ErrorResponse.TIMESTAMP_EXPIRED))
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
    return rejectIf(wrong, ErrorResponse.INVALID_SIGN);
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

  private static Optional<ErrorResponse> rejectIf(boolean wrong, ErrorResponse error) {
    return wrong ? Optional.of(error) : Optional.empty();
  }
}
