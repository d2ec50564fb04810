package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.model.Secret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** OKX's request signature, version 5. */
final class Signer {
  /** Always three digits of milliseconds; {@code Instant.toString()} prints 0, 3, 6 or 9. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String ALGORITHM = "HmacSHA256";

  private Signer() {}

  /** The {@code OK-ACCESS-TIMESTAMP} header. */
  static String timestamp(Instant now) {
    return TIMESTAMP.format(now);
  }

  /**
   * The {@code OK-ACCESS-SIGN} header of a GET request.
   *
   * @param target path and query, byte for byte as sent
   */
  static String sign(Secret secretKey, String timestamp, String target) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secretKey.reveal().getBytes(UTF_8), ALGORITHM));
      byte[] signature = mac.doFinal((timestamp + "GET" + target).getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
