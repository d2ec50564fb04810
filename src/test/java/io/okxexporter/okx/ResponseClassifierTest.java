package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Users;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Valuation;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseClassifierTest {
  private static final Redaction REDACTION = new Redaction(Users.KEY.secrets());
  private static final String FIXTURES = "/fixtures/okx/";

  static Stream<String[]> recordedBodies() throws IOException {
    return new String(fixture("INDEX.tsv"), UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.split("\t"))
        .map(row -> new String[] {row[0], row[1], row[3]});
  }

  @ParameterizedTest
  @MethodSource("recordedBodies")
  void every_recorded_body_ends_in_the_reason_its_index_names(
      String file, int status, String reason) throws IOException {
    Outcome<?> outcome =
        ResponseClassifier.read(
            status, Duration.ZERO, fixture(file), readerOfItsEndpoint(file), REDACTION);
    assertThat(outcome instanceof Failure<?> failure ? failure.reason().label() : "(success)")
        .isEqualTo(reason);
  }

  private static ResponseClassifier.DataReader<?> readerOfItsEndpoint(String file) {
    return switch (file) {
      case "account-config.json" -> DiagnosisReader::apiKeyInfo;
      case "public-time.json" -> DiagnosisReader::serverTime;
      case "system-status.json" -> DiagnosisReader::maintenance;
      default -> new ValuationReader("USDT");
    };
  }

  @ParameterizedTest
  @CsvSource({"200,MALFORMED", "299,MALFORMED", "300,UNKNOWN", "499,UNKNOWN", "500,UNAVAILABLE"})
  void without_a_code_the_status_tells(int status, Reason reason) {
    assertThat(((Failure<?>) read(status, "{}".getBytes(UTF_8))).reason()).isEqualTo(reason);
  }

  @Test
  void the_documented_answer_is_read_to_the_last_digit() throws IOException {
    assertThat(read(200, fixture("success-documented.json")))
        .isEqualTo(
            new Success<>(
                new Valuation(
                    "USDT",
                    new BigDecimal("3790.09"),
                    Map.of(
                        "classic", new BigDecimal("124.6"),
                        "earn", new BigDecimal("1122.73"),
                        "funding", new BigDecimal("0.09"),
                        "trading", new BigDecimal("2544.28")),
                    Instant.ofEpochMilli(1637566660769L))));
  }

  @Test
  void the_other_endpoints_are_read() throws IOException {
    assertThat(
            ResponseClassifier.read(
                200,
                Duration.ZERO,
                fixture("public-time.json"),
                DiagnosisReader::serverTime,
                REDACTION))
        .isEqualTo(new Success<>(Instant.ofEpochMilli(1597026383085L)));
    assertThat(
            ResponseClassifier.read(
                200,
                Duration.ZERO,
                fixture("account-config.json"),
                DiagnosisReader::apiKeyInfo,
                REDACTION))
        .isEqualTo(
            new Success<>(
                new ApiKeyInfo(
                    "44705892343619584",
                    "44705892343619584",
                    "main",
                    Set.of("read_only", "trade", "withdraw"),
                    false)));
    assertThat(maintenance("completed")).isEqualTo(new Success<>(List.of()));
    assertThat(maintenance("ongoing"))
        .isEqualTo(
            new Success<>(
                List.of(
                    new Maintenance(
                        "ongoing",
                        false,
                        Instant.parse("2023-01-04T09:10:00Z"),
                        Instant.parse("2023-01-04T09:12:00Z")))));
  }

  private static Outcome<List<Maintenance>> maintenance(String state) throws IOException {
    String body = new String(fixture("system-status.json"), UTF_8).replace("completed", state);
    return ResponseClassifier.read(
        200, Duration.ZERO, body.getBytes(UTF_8), DiagnosisReader::maintenance, REDACTION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // code as a number, of any size and sign
        "200 | {\"code\":50011}                                     | rate_limited",
        "200 | {\"code\":4088}                                      | account",
        "200 | {\"code\":-30006,\"data\":{}}                        | unknown",
        "200 | {\"code\":\"-30006\"}                                | unknown",
        "200 | {\"code\":99999999999999999999999999}                | unknown",
        "200 | {\"code\":1,\"data\":{}}                             | unavailable",
        // by code first, even if the status contradicts it
        "200 | {\"code\":\"50119\"}                                 | wrong_environment",
        "500 | {\"code\":\"50111\"}                                 | auth",
        "401 | {\"code\":\"50011\"}                                 | rate_limited",
        "429 | {\"code\":\"12345\"}                                 | rate_limited",
        "400 | {\"code\":\"51000\"}                                 | bad_request",
        // without a code by status
        "503 | {\"message\":\"name resolution failed\"}             | unavailable",
        "502 | <html><body>Bad gateway</body></html>                | unavailable",
        "429 | ^^                                                   | rate_limited",
        "401 | ^^                                                   | auth",
        "401 | {\"message\":\"no route\"}                           | auth",
        "403 | <html>Access denied</html>                           | blocked",
        "403 | error code: 1020                                     | blocked",
        "403 | {\"message\":\"You have been denied access\"}         | blocked",
        "403 | {\"error_code\":1020,\"status\":403}                  | blocked",
        "403 | {\"code\":\"\"}                                      | blocked",
        "403 | ^^                                                   | blocked",
        "451 | <html>Unavailable for legal reasons</html>           | blocked",
        "403 | {\"code\":\"50111\"}                                 | auth",
        "403 | {\"code\":\"50110\"}                                 | ip_not_allowed",
        "403 | {\"code\":\"12345\"}                                 | unknown",
        "302 | ^^                                                   | unknown",
        "404 | {}                                                   | unknown",
        "503 | {\"code\":\"0\",\"data\":[]}                         | unavailable",
        "503 | {\"code\":\"\"}                                      | unavailable",
        "503 | {\"code\":null}                                      | unavailable",
        "503 | {\"code\":[50011]}                                   | unavailable",
        // 200 but no valuation
        "200 | ^^                                                   | malformed",
        "200 | <html></html>                                        | malformed",
        "200 | []                                                   | malformed",
        "200 | {\"code\":\"0\"                                      | malformed",
        "200 | {\"code\":\"0\"}                                     | malformed",
        "200 | {\"code\":\"0\",\"data\":{}}                         | malformed",
        "200 | {\"code\":\"0\",\"data\":[[]]}                       | malformed",
        "200 | {\"code\":\"0\",\"data\":[{}]}                       | malformed",
        "200 | {\"code\":\"0\",\"code\":\"50011\"}                  | malformed",
        "200 | {\"code\":\"0\",\"data\":[{\"totalBal\":\"1\"}]} {}  | malformed",
        "204 | {\"code\":\"0\",\"data\":[{\"totalBal\":\"1\"}]}     | malformed",
      })
  void is_classified_by_code_first_and_status_second(int status, String body, String reason) {
    assertThat(reasonOf(status, body)).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"NaN\"",
        "\"Infinity\"",
        "\"1e999\"",
        "1e999",
        "1e999999999",
        "\"1,5\"",
        "\" 1\"",
        "\"0x10\"",
        "\"--1\"",
        "\"1.\"",
        "\".5\"",
        "true",
        "[]",
        "{}",
        "\"\u0661\""
      })
  void what_is_no_finite_decimal_is_malformed(String value) {
    assertThat(reasonOf(200, success("\"totalBal\":" + value))).isEqualTo("malformed");
    assertThat(reasonOf(200, success("\"totalBal\":\"1\",\"details\":{\"earn\":" + value + "}")))
        .isEqualTo("malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "9E-7, 0.0000009",
    "9e-07, 0.0000009",
    "0E-8, 0",
    "0E-99, 0",
    "-0E+999999999, 0",
    "-1.5E+3, -1500",
    "1.1102230246251565E-16, 0.00000000000000011102230246251565",
    "1000E-3, 1",
    "100E-2, 1.0000",
    "1E29, 100000000000000000000000000000",
    "1E-60, 0.000000000000000000000000000000000000000000000000000000000001",
  })
  void a_decimal_with_an_exponent_is_the_number_it_writes(String written, BigDecimal plain) {
    for (String value : List.of(written, "\"" + written + "\"")) {
      assertThat(total("\"totalBal\":" + value)).isEqualByComparingTo(plain);
      assertThat(
              valued("\"totalBal\":1,\"details\":{\"earn\":" + value + "}").accounts().get("earn"))
          .isEqualByComparingTo(plain);
    }
  }

  /** At most 30 digits before the point, and 60 after it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E30",
        "-1E30",
        "1E-61",
        "1.5E-60",
        "0.1E31",
        "1E999",
        "1E-999",
        "1E2147483647",
        "100E2147483647",
        "1E-2147483647",
        "100E-2147483647",
        "1E9999999999",
        "0E9999999999",
        "1E99999999999999999999999999999999"
      })
  void a_decimal_beyond_the_bounds_is_malformed(String written) {
    for (String value : List.of(written, "\"" + written + "\"")) {
      assertThat(reasonOf(200, success("\"totalBal\":" + value))).as(value).isEqualTo("malformed");
      assertThat(reasonOf(200, success("\"totalBal\":\"1\",\"details\":{\"earn\":" + value + "}")))
          .as(value)
          .isEqualTo("malformed");
    }
  }

  /** One number in all its notations: either all are read alike, or none is read. */
  @Property
  void how_a_number_is_written_changes_nothing(
      @ForAll long unscaled,
      @ForAll @IntRange(min = -70, max = 70) int scale,
      @ForAll @IntRange(max = 40) int zeros,
      @ForAll @IntRange(min = -200, max = 200) int shift) {
    BigDecimal number = BigDecimal.valueOf(unscaled, scale);
    BigDecimal longer = number.setScale(scale + zeros);
    String shifted = number.scaleByPowerOfTen(-shift).toPlainString();
    String sign = shift < 0 ? "" : "+";
    List<String> forms =
        List.of(
            number.toPlainString(),
            longer.toPlainString(),
            number.unscaledValue() + "E" + -scale,
            longer.unscaledValue() + "e" + -longer.scale(),
            shifted + "E" + sign + shift,
            shifted + "e" + (shift < 0 ? "-0" : "0") + Math.abs(shift));
    Set<Object> read =
        forms.stream()
            .flatMap(form -> Stream.of(form, "\"" + form + "\""))
            .map(form -> read(200, success("\"totalBal\":" + form).getBytes(UTF_8)))
            .map(outcome -> outcome instanceof Success<?> ok ? ok : "malformed")
            .collect(Collectors.toSet());
    assertThat(read).hasSize(1);
    assertThat(read.contains("malformed")).isEqualTo(isBeyondBounds(number));
    if (!isBeyondBounds(number)) {
      assertThat(total("\"totalBal\":" + forms.get(0))).isEqualByComparingTo(number);
      assertThat(total("\"totalBal\":" + forms.get(4)).doubleValue())
          .isEqualTo(Double.parseDouble(forms.get(0)));
    }
  }

  private static boolean isBeyondBounds(BigDecimal number) {
    return number.abs().compareTo(new BigDecimal("1E30")) >= 0
        || number.remainder(new BigDecimal("1E-60")).signum() != 0;
  }

  /** OKX's {@code ts} follows the same rules but must be a whole number. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767225600000",
        "\"1767225600000\"",
        "1.7672256E12",
        "\"1.7672256E12\"",
        "\"17672256e+05\""
      })
  void a_time_may_have_an_exponent_too(String ts) {
    assertThat(valued("\"totalBal\":1,\"ts\":" + ts).updatedAt())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void ten_thousand_digits_are_malformed() {
    assertThat(reasonOf(200, success("\"totalBal\":\"" + "9".repeat(10_000) + "\"")))
        .isEqualTo("malformed");
    assertThat(reasonOf(200, success("\"totalBal\":" + "9".repeat(10_000)))).isEqualTo("malformed");
  }

  @Test
  void deep_nesting_is_malformed() {
    assertThat(reasonOf(200, "[".repeat(100_000))).isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\"",
        "-1",
        "\"1.5\"",
        "\"99999999999999999999\"",
        "1E13",
        "1E-3",
        "\"1E999999999\"",
        "[]",
        "true"
      })
  void a_ts_that_is_no_time_is_malformed(String ts) {
    assertThat(reasonOf(200, success("\"totalBal\":\"1\",\"ts\":" + ts))).isEqualTo("malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"details\":null,", "\"details\":\"\",", "\"details\":{\"earn\":\"\"},"})
  void what_is_missing_stays_missing(String details) {
    assertThat(read(200, success(details + "\"totalBal\":\"0\",\"ts\":\"\"").getBytes(UTF_8)))
        .isEqualTo(new Success<>(new Valuation("USDT", BigDecimal.ZERO, Map.of(), null)));
  }

  @Test
  void a_negative_value_a_true_zero_and_a_new_account_are_taken_as_they_are() {
    String body = success("\"totalBal\":\"-12.5\",\"details\":{\"funding\":\"0\",\"new\":\"-3\"}");
    assertThat(read(200, body.getBytes(UTF_8)))
        .isEqualTo(
            new Success<>(
                new Valuation(
                    "USDT",
                    new BigDecimal("-12.5"),
                    Map.of("funding", BigDecimal.ZERO, "new", new BigDecimal("-3")),
                    null)));
  }

  @Test
  void bytes_that_are_not_utf_8_are_malformed() {
    byte[] body = success("\"totalBal\":\"1\",\"x\":\"\u00e9\"").getBytes(ISO_8859_1);
    assertThat(read(200, body)).isInstanceOf(Failure.class);
  }

  @Test
  void the_detail_of_a_failure_names_nobody() {
    String msg =
        "Failed for user 44705892343619584 at https://internal.example/x?uid=1 from 203.0.113.9,"
            + " balance 12.75, key 5a8c2f30-1111-2222-3333-444455556666 or test-key\\nline two";
    assertThat(read(500, ("{\"code\":\"50026\",\"msg\":\"" + msg + "\"}").getBytes(UTF_8)))
        .extracting(outcome -> ((Failure<Valuation>) outcome).detail())
        .isEqualTo(
            "HTTP 500: Failed for user <number> at <url> from <address>, balance <number>, key <id>"
                + " or <key> line two");
  }

  @ParameterizedTest
  @CsvSource({"59999, 59999", "test-phrase, <key>", "1234567, <number>", "12.5, <number>"})
  void a_code_that_is_none_is_redacted(String code, String shown) {
    assertThat(read(200, ("{\"code\":\"" + code + "\",\"data\":[]}").getBytes(UTF_8)))
        .extracting(outcome -> ((Failure<Valuation>) outcome).code())
        .isEqualTo(shown);
  }

  /** A gateway's response has no {@code msg}. */
  @Test
  void the_detail_of_a_refusal_by_the_edge_says_why_but_names_no_address() {
    String body =
        "{\"message\":\"You have been denied access to the station service from 203.0.113.9\"}";
    assertThat(((Failure<Valuation>) read(403, body.getBytes(UTF_8))).detail())
        .isEqualTo("HTTP 403: You have been denied access to the station service from <address>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.9", "2001:db8::7", "::1", "2001:db8::", "::ffff:203.0.113.9"})
  void no_form_of_an_address_stays_in_a_detail(String address) {
    assertThat(REDACTION.redact("denied to " + address + " here", Reason.BLOCKED))
        .isEqualTo("denied to <address> here");
  }

  @Test
  void the_refused_address_stays_in_the_detail_since_the_user_must_add_it() throws IOException {
    assertThat(((Failure<Valuation>) read(401, fixture("error-50110.json"))).detail())
        .isEqualTo(
            "HTTP 401: Your IP 1.1.1.1 is not included in your API key's xxxx IP whitelist.");
  }

  @Property
  void no_mutation_of_a_real_body_makes_the_parser_throw(
      @ForAll @IntRange(max = 21) int file,
      @ForAll @IntRange(max = 600) int status,
      @ForAll byte[] splice,
      @ForAll @IntRange(max = 1200) int at)
      throws IOException {
    byte[] body = fixture(recordedBodies().toList().get(file)[0]);
    int cut = Math.min(at, body.length);
    byte[] mutated = Arrays.copyOf(body, Math.max(body.length, cut + splice.length));
    System.arraycopy(splice, 0, mutated, cut, splice.length);
    assertThat(read(status, mutated)).isNotNull();
    assertThat(read(status, Arrays.copyOf(body, cut))).isNotNull();
  }

  private static String success(String fields) {
    return "{\"code\":\"0\",\"msg\":\"\",\"data\":[{" + fields + "}]}";
  }

  private static Valuation valued(String fields) {
    return ((Success<Valuation>) read(200, success(fields).getBytes(UTF_8))).value();
  }

  private static BigDecimal total(String fields) {
    return valued(fields).total();
  }

  private static String reasonOf(int status, String body) {
    Outcome<Valuation> outcome = read(status, body.getBytes(UTF_8));
    return outcome instanceof Failure<Valuation> failure ? failure.reason().label() : "(success)";
  }

  private static Outcome<Valuation> read(int status, byte[] body) {
    return ResponseClassifier.read(
        status, Duration.ZERO, body, new ValuationReader("USDT"), REDACTION);
  }

  static byte[] fixture(String name) throws IOException {
    try (InputStream file = ResponseClassifierTest.class.getResourceAsStream(FIXTURES + name)) {
      return Objects.requireNonNull(file).readAllBytes();
    }
  }

  @Test
  void every_code_belongs_to_one_reason() {
    assertThat(Reason.ofCode("50104")).contains(Reason.AUTH);
    assertThat(Arrays.stream(Reason.values()).flatMap(reason -> reason.codes().stream()))
        .doesNotHaveDuplicates();
  }
}
