package io.okxexporter.web.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.okxexporter.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Hashes such as {@code $2y$10$…}, where 10 is the cost: 2 to the power of 10 rounds. */
public final class Bcrypt {
  private static final int COST_BEGINS = 4;
  private static final int COST_ENDS = 6;

  private Bcrypt() {}

  static int cost(Secret hash) {
    return Integer.parseInt(hash.reveal().substring(COST_BEGINS, COST_ENDS));
  }

  /** A hash of that cost, of no password that anybody knows. */
  static Secret withCost(Secret hash, int cost) {
    String text = hash.reveal();
    String digits = String.format(Locale.ROOT, "%02d", cost);
    return new Secret(text.substring(0, COST_BEGINS) + digits + text.substring(COST_ENDS));
  }

  /** As in Go, what is beyond 72 bytes does not count. */
  public static boolean matches(Secret password, Secret hash) {
    return BCrypt.verifyer(
            BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
        .verify(bytes(password), bytes(hash))
        .verified;
  }

  private static byte[] bytes(Secret secret) {
    return secret.reveal().getBytes(StandardCharsets.UTF_8);
  }
}
