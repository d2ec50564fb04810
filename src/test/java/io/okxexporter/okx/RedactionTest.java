package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Reason;
import io.okxexporter.model.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  private static final String INVISIBLE =
      " \t\n\u0000\u00a0\u00ad\u034f\u061c\u115f\u180e\u200b\u200d\u2028\u2060\u2800\u3164\ufe0f\ufeff";

  @Property
  void no_secret_survives_in_any_case_however_broken(
      @ForAll("secrets") String secret,
      @ForAll("texts") String before,
      @ForAll("texts") String after,
      @ForAll Random random,
      @ForAll Reason reason) {
    String text = before + broken(secret, random) + after;
    String redacted = new Redaction(List.of(new Secret(secret))).redact(text, reason);
    assertThat(visible(redacted)).doesNotContain(visible(secret));
  }

  @Property
  void of_several_secrets_none_survives(
      @ForAll("secrets") String first, @ForAll("secrets") String second, @ForAll Random random) {
    Redaction redaction = new Redaction(List.of(new Secret(first), new Secret(second)));
    String text = broken(second, random) + broken(first, random) + second + first;
    assertThat(visible(redaction.redact(text, Reason.AUTH)))
        .doesNotContain(visible(first))
        .doesNotContain(visible(second));
  }

  @Property
  void no_digit_survives_but_those_of_the_address_to_add(
      @ForAll("texts") String text,
      @ForAll @BigRange(min = "0", max = "1e30") java.math.BigDecimal amount) {
    Redaction redaction = new Redaction(List.of());
    String withAmount = text + " " + amount.toPlainString() + " of " + amount.toBigInteger();
    assertThat(redaction.redact(withAmount, Reason.UNKNOWN)).doesNotContainPattern("\\p{N}");
    // Without colons: "0::" is an address.
    String alone = withAmount.replace(':', ' ');
    assertThat(redaction.redact("IP 203.0.113.9, " + alone, Reason.IP_NOT_ALLOWED))
        .startsWith("IP 203.0.113.9, ")
        .doesNotContainPattern("(?<!^IP [0-9.]{0,12})\\p{N}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "balance 5000 USDT | balance <number> USDT",
        "you have 7 BTC | you have <number> BTC",
        "BTC7 | BTC<number>",
        "total 1,234,567 or 1'234 or 12e3 | total <number> or <number> or <number>",
        "٣٤٥ of ½ | <number> of <number>",
        "nothing to hide | nothing to hide"
      })
  void amounts_need_no_decimal_point(String text, String redacted) {
    assertThat(new Redaction(List.of()).redact(text, Reason.ACCOUNT)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 has 5000 | 203.0.113.9 has <number>",
        "2001:db8::7 at 12:30:45 | 2001:db8::7 at <address>",
        "1:2:3:4:5:6:7:8, ::1, ::ffff:1.2.3.4 | 1:2:3:4:5:6:7:8, ::1, ::ffff:1.2.3.4",
        "a bill:5000:1 | a bill<address>"
      })
  void of_a_refused_address_nothing_else_is_shown(String text, String redacted) {
    assertThat(new Redaction(List.of()).redact(text, Reason.IP_NOT_ALLOWED)).isEqualTo(redacted);
  }

  /** What OKX accepts: at least eight characters, of printable ASCII. */
  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(8).ofMaxLength(64);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange(' ', '~').withChars(INVISIBLE).ofMaxLength(100);
  }

  private static String broken(String secret, Random random) {
    StringBuilder broken = new StringBuilder();
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      if (random.nextInt(4) == 0) {
        broken.append(INVISIBLE.charAt(random.nextInt(INVISIBLE.length())));
      }
      broken.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
    }
    return broken.toString();
  }

  /** What remains for the eye: all other characters of these texts are invisible. */
  private static String visible(String text) {
    return text.replaceAll("[^!-~]", "").toLowerCase(Locale.ROOT);
  }
}
