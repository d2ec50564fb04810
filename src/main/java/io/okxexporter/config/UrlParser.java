package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.model.Region;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the URLs of OKX's regions and of proxies. */
final class UrlParser {
  /** A URL with one of these may hold a password or a token. */
  private static final Pattern SENSITIVE = Pattern.compile("[@?#]");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");

  private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80);

  private static final Map<String, URI> REGIONS =
      Arrays.stream(Region.values())
          .collect(Collectors.toUnmodifiableMap(Region::label, Region::baseUrl));

  private UrlParser() {}

  /** The region of users that configure none. */
  static URI defaultRegion() {
    return Region.GLOBAL.baseUrl();
  }

  /**
   * Parses a region, given by name or by URL of scheme, host and optional port. Two spellings of
   * one URL are one host, which has one clock.
   */
  static URI parseRegion(String text) throws InvalidValueException {
    URI region = REGIONS.get(text);
    if (region != null) {
      return region;
    }
    URI given = origin(text);
    URI url = given == null ? null : normalised(given);
    if (url == null || !PORTS.containsKey(url.getScheme())) {
      throw bad(text, "expected global, eea, us or an https URL" + whyNoOrigin(text));
    }
    if ("http".equals(url.getScheme()) && !LOOPBACK.matcher(url.getHost()).matches()) {
      throw bad(text, "expected https; http is for loopback only");
    }
    return url;
  }

  /** In lower case, without the port that the scheme implies and without the root's dot. */
  private static URI normalised(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost().toLowerCase(Locale.ROOT);
    boolean implied = url.getPort() == PORTS.getOrDefault(scheme, -1);
    return URI.create(
        scheme
            + "://"
            + (host.endsWith(".") ? host.substring(0, host.length() - 1) : host)
            + (implied || url.getPort() == -1 ? "" : ":" + url.getPort()));
  }

  private static String whyNoOrigin(String text) {
    return text.contains("://")
        ? " with scheme, host and optional port only"
        : RegionSuggestion.didYouMean(text);
  }

  /** Parses the URL of an HTTP proxy. */
  static URI parseProxy(String text) throws InvalidValueException {
    if (text.contains("@")) {
      throw bad(
          text,
          "expected http://host:port; user and password have settings of their own, as this one is"
              + " shown in the log");
    }
    URI url = origin(text);
    if (url == null || !"http".equals(url.getScheme()) || url.getPort() == -1) {
      throw bad(
          text,
          "expected http://host:port"
              + (text.startsWith("socks") ? "; SOCKS is not supported" : ""));
    }
    return url;
  }

  private static InvalidValueException bad(String text, String expected) {
    return SENSITIVE.matcher(text).find()
        ? InvalidValueException.hidden(expected)
        : new InvalidValueException(expected);
  }

  /** Returns the URL if it is scheme, host and optional port, and nothing else; otherwise null. */
  private static @Nullable URI origin(String text) {
    try {
      URI url = new URI(text);
      boolean whole = url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65535;
      return whole && text.equals(withoutRest(url)) ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String withoutRest(URI url) {
    String port = url.getPort() == -1 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }
}
