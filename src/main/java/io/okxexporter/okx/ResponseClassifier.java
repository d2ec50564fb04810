package io.okxexporter.okx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Classifies OKX's HTTP responses, by {@code code} first, by HTTP status second, never by {@code
 * msg}. Never throws, whatever the body.
 */
final class ResponseClassifier {
  /** Our endpoints' responses are nested four deep. */
  private static final int MAX_NESTING = 32;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  static final JsonMapper JSON =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ResponseClassifier() {}

  /** Reads {@code data} of one endpoint. */
  interface DataReader<T> {
    /** Parses a whole response, at least as far as this reader needs it. */
    default JsonNode parse(byte[] body) throws IOException {
      return JSON.readTree(body);
    }

    /**
     * Returns the value in it.
     *
     * @throws MalformedException if it does not match the endpoint's documentation
     */
    T read(JsonNode data) throws MalformedException;
  }

  /** The body does not match the documentation; the message names the place, never a value. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  static <T> Outcome<T> read(
      int status, Duration retryAfter, byte[] body, DataReader<T> dataReader, Redaction redaction) {
    JsonNode response = parse(body, dataReader);
    String code = code(response.path("code"));
    if (code == null || (code.equals("0") && status != 200)) {
      return Outcome.Failure.answered(
          reasonOfStatus(status),
          null,
          detail(status, response, reasonOfStatus(status), redaction),
          retryAfter);
    }
    if (!code.equals("0")) {
      Reason reason = reasonOfCode(code, status);
      return Outcome.Failure.answered(
          reason, shown(code, redaction), detail(status, response, reason, redaction), retryAfter);
    }
    try {
      return new Outcome.Success<>(dataReader.read(response.path("data")));
    } catch (MalformedException e) {
      return Outcome.Failure.answered(
          Reason.MALFORMED, null, "HTTP 200, but " + e.getMessage(), retryAfter);
    }
  }

  private static JsonNode parse(byte[] body, DataReader<?> dataReader) {
    try {
      return dataReader.parse(body);
    } catch (IOException | NumberFormatException e) {
      // NumberFormatException is for an exponent too large for Jackson.
      return JSON.missingNode();
    }
  }

  /** The code as text, whether sent as a string or a number; null if there is none. */
  private static @Nullable String code(JsonNode code) {
    boolean present = code.isIntegralNumber() || (code.isTextual() && !code.textValue().isBlank());
    return present ? Redaction.shorten(code.asText(), 20) : null;
  }

  /** OKX's codes are short numbers; the log shows nothing else as it is. */
  private static String shown(String code, Redaction redaction) {
    return code.matches("\\d{1,6}") ? code : redaction.redact(code, Reason.UNKNOWN);
  }

  private static Reason reasonOfCode(String code, int status) {
    return Reason.ofCode(code).orElse(status == 429 ? Reason.RATE_LIMITED : Reason.UNKNOWN);
  }

  private static Reason reasonOfStatus(int status) {
    if (status >= 200 && status < 300) {
      return Reason.MALFORMED;
    }
    if (status >= 500) {
      return Reason.UNAVAILABLE;
    }
    return switch (status) {
      case 401 -> Reason.AUTH;
      case 403, 451 -> Reason.BLOCKED;
      case 429 -> Reason.RATE_LIMITED;
      default -> Reason.UNKNOWN;
    };
  }

  private static String detail(int status, JsonNode response, Reason reason, Redaction redaction) {
    // A gateway calls it message.
    String msg = response.path("msg").asText(response.path("message").asText(""));
    return "HTTP " + status + (msg.isBlank() ? "" : ": " + redaction.redact(msg, reason));
  }
}
