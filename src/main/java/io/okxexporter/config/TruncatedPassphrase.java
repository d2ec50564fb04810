package io.okxexporter.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Detects truncated passphrases: OKX requires special characters, and YAML drops all after " #".
 */
final class TruncatedPassphrase {
  private static final Pattern UNQUOTED =
      Pattern.compile("[\\s-]*passphrase:[ \\t]+[^'\"#\\s|>&*!{\\[].*[ \\t]#.*");

  private TruncatedPassphrase() {}

  /** Returns one warning for each line on which a comment follows an unquoted passphrase. */
  static List<String> warnings(String yaml) {
    List<String> lines = yaml.lines().toList();
    return IntStream.range(0, lines.size())
        .filter(i -> UNQUOTED.matcher(lines.get(i)).matches())
        .mapToObj(
            i ->
                "line "
                    + (i + 1)
                    + " of the configuration: the passphrase ends before the #; put it in single"
                    + " quotes, with or without the rest")
        .toList();
  }
}
