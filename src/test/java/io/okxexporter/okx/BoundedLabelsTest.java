package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Valuation;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Whatever OKX returns, no label becomes longer than a line of text. */
class BoundedLabelsTest {
  private static final int LONGEST_LABEL = 600;
  private static final int MOST_ACCOUNTS = 64;

  @Property(tries = 200)
  void labels_of_a_key_are_bounded(
      @ForAll("texts") String perm,
      @ForAll @NumericChars @StringLength(max = 22) String uid,
      @ForAll @NumericChars @StringLength(max = 22) String mainUid,
      @ForAll("texts") String type) {
    String data =
        "{\"uid\":\"%s\",\"mainUid\":\"%s\",\"perm\":\"%s\",\"type\":\"%s\"}"
            .formatted(uid, mainUid, perm, type);
    if (read(data, DiagnosisReader::apiKeyInfo) instanceof Success<ApiKeyInfo> ok) {
      ApiKeyInfo key = ok.value();
      assertThat(List.of(key.uid(), key.mainUid(), key.accountType()))
          .allMatch(label -> label.length() <= 20);
      assertThat(String.join(",", key.permissions())).hasSizeLessThan(LONGEST_LABEL);
    }
  }

  @Property(tries = 200)
  void labels_of_a_valuation_are_bounded(
      @ForAll @Size(max = 70) List<@AlphaChars @StringLength(max = 70) String> accounts) {
    StringBuilder details = new StringBuilder();
    for (int i = 0; i < accounts.size(); i++) {
      details.append(i == 0 ? "" : ",").append("\"%s%d\":\"1\"".formatted(accounts.get(i), i));
    }
    String data = "{\"totalBal\":\"1\",\"details\":{" + details + "}}";
    if (read(data, new ValuationReader("USDT")) instanceof Success<Valuation> ok) {
      assertThat(ok.value().accounts()).hasSizeLessThanOrEqualTo(MOST_ACCOUNTS);
      assertThat(ok.value().accounts().keySet()).allMatch(account -> account.length() <= 64);
    }
  }

  @Test
  void sixteen_permissions_are_read_and_seventeen_are_not() {
    assertThat(permissions(16)).isInstanceOf(Success.class);
    assertThat(permissions(17))
        .isInstanceOfSatisfying(
            Outcome.Failure.class,
            failure ->
                assertThat(failure.detail())
                    .isEqualTo("HTTP 200, but perm has more than 16 permissions"));
  }

  private static Outcome<ApiKeyInfo> permissions(int count) {
    StringBuilder perm = new StringBuilder("read_only");
    for (int i = 1; i < count; i++) {
      perm.append(", right-").append(i);
    }
    return read("{\"uid\":\"1\",\"perm\":\"" + perm + "\"}", DiagnosisReader::apiKeyInfo);
  }

  private static <T> Outcome<T> read(String data, ResponseClassifier.DataReader<T> reader) {
    byte[] body = ("{\"code\":\"0\",\"msg\":\"\",\"data\":[" + data + "]}").getBytes(UTF_8);
    return ResponseClassifier.read(200, Duration.ZERO, body, reader, new Redaction(List.of()));
  }

  /** Of the characters that labels may have, and lists of such words. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> words =
        Arbitraries.strings().withCharRange('a', 'z').numeric().withChars("_- ").ofMaxLength(70);
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(30);
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(32);
    return Arbitraries.oneOf(
        digits, words, names.list().ofMaxSize(100).map(list -> String.join(",", list)));
  }
}
