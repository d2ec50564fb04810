package io.okxexporter.model;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * OKX's regions. Each is a separate legal entity with a host that knows only the keys of its own
 * customers.
 */
public enum Region {
  /** All other accounts. */
  GLOBAL("https://openapi.okx.com"),
  /** Accounts registered at my.okx.com. */
  EEA("https://eea.okx.com"),
  /** Accounts registered at app.okx.com. */
  US("https://us.okx.com");

  private final URI baseUrl;

  Region(String baseUrl) {
    this.baseUrl = URI.create(baseUrl);
  }

  /** The region with this URL; empty for a custom URL. */
  public static Optional<Region> of(URI baseUrl) {
    return Arrays.stream(values()).filter(region -> region.baseUrl.equals(baseUrl)).findFirst();
  }

  /** The label of the region with this URL, or the host of a custom URL. */
  public static String nameOf(URI baseUrl) {
    return of(baseUrl).map(Region::label).orElseGet(() -> String.valueOf(baseUrl.getHost()));
  }

  /** The value of the setting {@code region}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Scheme and host. */
  public URI baseUrl() {
    return baseUrl;
  }
}
