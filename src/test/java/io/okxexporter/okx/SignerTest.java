package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {
  private static final Secret SECRET =
      new Secret("chNOOS4KvNXR_Xq4k4c9qsfoKWvnDecLATCRlcBwyKDYnWgO");

  @ParameterizedTest
  @CsvSource({
    "/api/v5/account/balance, PJ61e1nb2F2Qd7D8SPiaIcx2gjdELc+o0ygzre9z33k=",
    "/api/v5/asset/asset-valuation?ccy=USD, /5IpQnwsTOgaAOthuFoX1c0JWiIzDI9CJg+ykET5g7c="
  })
  void signs_as_the_published_vectors_say(String target, String signature) {
    assertThat(Signer.sign(SECRET, "2020-12-08T09:08:57.715Z", target)).isEqualTo(signature);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-12-08T09:08:57.715Z, 2020-12-08T09:08:57.715Z",
    "2020-12-08T09:08:57Z, 2020-12-08T09:08:57.000Z",
    "2020-12-08T09:08:57.7Z, 2020-12-08T09:08:57.700Z",
    "2020-12-08T09:08:57.715999999Z, 2020-12-08T09:08:57.715Z"
  })
  void a_timestamp_always_has_three_digits_of_milliseconds(Instant now, String timestamp) {
    assertThat(Signer.timestamp(now)).isEqualTo(timestamp);
  }

  @Test
  void signs_a_secret_that_is_not_ascii_as_utf_8() {
    String ascii = Signer.sign(new Secret("e"), "2020-12-08T09:08:57.715Z", "/");
    assertThat(Signer.sign(new Secret("é"), "2020-12-08T09:08:57.715Z", "/")).isNotEqualTo(ascii);
  }
}
