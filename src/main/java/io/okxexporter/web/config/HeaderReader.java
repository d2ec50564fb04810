package io.okxexporter.web.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.config.yaml.ValueParser;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the headers that {@code http_server_config} may add to every response. */
final class HeaderReader {
  private static final Pattern LINE = Pattern.compile("[!-~]([ -~\\t]*[!-~])?");

  private static final Pattern XSS =
      Pattern.compile("[01](\\s*;\\s*(mode=block|report=[!-~&&[^;]]+))*");

  /** RFC 6797: directives that include max-age. */
  private static final Pattern HSTS =
      Pattern.compile(
          "(?i)(?=(.*;)?\\s*max-age\\s*=\\s*(\\d+|\"\\d+\")\\s*(;|$))"
              + "[!-~&&[^;]][ -~&&[^;]]*(;[ -~&&[^;]]*)*");

  private static final Map<String, ValueParser<String>> PARSERS =
      Map.of(
          "Content-Security-Policy",
          matching(LINE, "one line of printable ASCII"),
          "X-Frame-Options",
          matching(Pattern.compile("deny|sameorigin"), "deny or sameorigin"),
          "X-Content-Type-Options",
          matching(Pattern.compile("nosniff"), "nosniff"),
          "X-XSS-Protection",
          matching(XSS, "0, 1 or a value such as 1; mode=block"),
          "Strict-Transport-Security",
          matching(HSTS, "directives such as max-age=31536000; includeSubDomains"));

  private HeaderReader() {}

  /** Returns the headers by name, without blank ones, which are not set. */
  static Map<String, String> read(Section section) {
    Map<String, String> headers = new HashMap<>();
    PARSERS.forEach(
        (name, parser) -> {
          String value = section.isBlank(name) ? null : section.textOrNumber(name, parser);
          if (value != null && !value.isEmpty()) {
            headers.put(name, value);
          }
        });
    section.rejectOthers();
    return headers;
  }

  private static ValueParser<String> matching(Pattern pattern, String expected) {
    return text -> {
      if (!text.isEmpty() && !pattern.matcher(text).matches()) {
        throw new InvalidValueException("expected " + expected);
      }
      return text;
    };
  }
}
