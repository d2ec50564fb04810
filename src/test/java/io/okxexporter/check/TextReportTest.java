package io.okxexporter.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.Users;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReportTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void nothing_steers_the_terminal() {
    TextReport report = new TextReport(out, false);
    report.begin("title\u001b[2J");
    report.user(
        Users.user("evil\u001b[31m\u202e\r\nname", "USDT"),
        List.of(
            Step.warn("na\u0007me", "te\u001bxt", "re\u0000medy").with(List.of("de\u2028tail"))));
    assertThat(bytes.toString(UTF_8))
        .isEqualTo(
            """
            title\\u001b[2J

            user evil\\u001b[31m\\u202e\\u000d\\u000aname (http://127.0.0.1:1, live)
              warn  na\\u0007me      te\\u001bxt
                                      de\\u2028tail
                                    -> re\\u0000medy
            """);
  }

  @Test
  void colours_are_for_terminals_that_like_them() {
    TextReport report = new TextReport(out, true);
    report.process(
        List.of(
            Step.pass("a", "x"),
            Step.warn("b", "x", "y"),
            Step.fail("c", "x", "y"),
            Step.skip("d", "x")));
    assertThat(bytes.toString(UTF_8))
        .contains(
            "\u001b[32mpass\u001b[0m",
            "\u001b[33mwarn\u001b[0m",
            "\u001b[31mfail\u001b[0m",
            "\u001b[2mskip\u001b[0m");
  }

  @Test
  void long_lines_are_wrapped_and_long_words_are_not() {
    String word = "x".repeat(90);
    new TextReport(out, false).process(List.of(Step.pass("a", "some words ".repeat(12) + word)));
    assertThat(bytes.toString(UTF_8).lines().filter(line -> line.length() > 100))
        .singleElement()
        .asString()
        .isEqualTo(" ".repeat(24) + word);
  }

  @Test
  void no_complaint_goes_without_a_remedy() {
    assertThatThrownBy(
            () -> new Step("a", StepStatus.FAIL, "b", null, java.util.Map.of(), null, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Stream.of(Reason.values()).map(TextReportTest::failure).map(Failure::remedy))
        .allMatch(remedy -> !remedy.isBlank());
  }

  @Test
  void every_reason_has_words_with_and_without_a_code() {
    assertThat(Stream.of(Reason.values()).map(TextReportTest::failure).map(StepText::failure))
        .allMatch(text -> text.contains("what came"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP 401: Your IP 203.0.113.7 is not included|203.0.113.7",
        "HTTP 401: Your IP 2001:db8::7 is not included|2001:db8::7",
        "HTTP 401: Your IP ::ffff:203.0.113.7 is not included|::ffff:203.0.113.7",
      })
  void the_refused_address_is_shown(String detail, String address) {
    assertThat(
            StepText.failure(
                Failure.answered(Reason.IP_NOT_ALLOWED, "50110", detail, Duration.ZERO)))
        .isEqualTo("OKX returned 50110: the key's IP allowlist does not include " + address);
  }

  private static Failure<?> failure(Reason reason) {
    return Failure.answered(reason, null, "what came", Duration.ZERO);
  }
}
