package io.okxexporter.web.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.okxexporter.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Bcrypt hashes such as {@code $2y$10$…}, where the cost 10 means 2 to the power of 10 rounds. */
public final class Bcrypt {
  private static final int COST_START = 4;
  private static final int COST_END = 6;

  private Bcrypt() {}

  static int cost(Secret hash) {
    return Integer.parseInt(hash.reveal().substring(COST_START, COST_END));
  }

  /** Returns a hash of the given cost that matches no known password. */
  static Secret withCost(Secret hash, int cost) {
    String text = hash.reveal();
    String digits = String.format(Locale.ROOT, "%02d", cost);
    return new Secret(text.substring(0, COST_START) + digits + text.substring(COST_END));
  }

  /** Returns whether the password matches. As in Go, bytes beyond the first 72 are ignored. */
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
