package io.okxexporter.model;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * OKX's regions: legal entities of their own, each with a host that knows the keys of its own
 * customers alone.
 */
public enum Region {
  /** Everyone else. */
  GLOBAL("https://openapi.okx.com"),
  /** Who registered at my.okx.com. */
  EEA("https://eea.okx.com"),
  /** Who registered at app.okx.com. */
  US("https://us.okx.com");

  private final URI baseUrl;

  Region(String baseUrl) {
    this.baseUrl = URI.create(baseUrl);
  }

  /** The region whose host that is; empty for a URL of somebody's own. */
  public static Optional<Region> of(URI baseUrl) {
    return Arrays.stream(values()).filter(region -> region.baseUrl.equals(baseUrl)).findFirst();
  }

  /** Value of the setting {@code region}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Scheme and host. */
  public URI baseUrl() {
    return baseUrl;
  }
}
