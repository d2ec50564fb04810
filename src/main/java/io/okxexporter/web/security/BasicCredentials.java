package io.okxexporter.web.security;

import io.okxexporter.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user name and password of an HTTP basic authentication header.
 *
 * @param user as claimed by the client
 * @param password not yet checked
 */
public record BasicCredentials(String user, Secret password) {
  private static final String SCHEME = "basic ";

  /** Parses the {@code Authorization} header; empty if it is not valid basic authentication. */
  public static Optional<BasicCredentials> of(@Nullable String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      return split(new String(decoded, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<BasicCredentials> split(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(
            new BasicCredentials(text.substring(0, colon), new Secret(text.substring(colon + 1))));
  }
}
