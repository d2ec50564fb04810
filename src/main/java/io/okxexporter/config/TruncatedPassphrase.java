package io.okxexporter.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Detects truncated passphrases and passwords: they hold special characters, and YAML drops all
 * after " #".
 */
final class TruncatedPassphrase {
  private static final Pattern UNQUOTED =
      Pattern.compile("[\\s-]*(passphrase|proxy_password):[ \\t]+[^'\"#\\s|>&*!{\\[].*[ \\t]#.*");

  private TruncatedPassphrase() {}

  /** Returns one warning for each line on which a comment follows an unquoted one. */
  static List<String> warnings(String yaml) {
    List<String> lines = yaml.lines().toList();
    return IntStream.range(0, lines.size())
        .boxed()
        .flatMap(i -> warning(i + 1, UNQUOTED.matcher(lines.get(i))))
        .toList();
  }

  private static Stream<String> warning(int line, Matcher unquoted) {
    return unquoted.matches()
        ? Stream.of(
            "line "
                + line
                + " of the configuration: the "
                + unquoted.group(1)
                + " ends before the #; put it in single quotes, with or without the rest")
        : Stream.empty();
  }
}
