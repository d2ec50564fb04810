package io.okxexporter.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** OKX wants special characters in passphrases, and YAML takes what is behind " #" away. */
final class TruncatedPassphrase {
  private static final Pattern UNQUOTED =
      Pattern.compile("[\\s-]*passphrase:[ \\t]+[^'\"#\\s|>&*!{\\[].*[ \\t]#.*");

  private TruncatedPassphrase() {}

  /** One for each line on which a comment follows a passphrase that is not quoted. */
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
