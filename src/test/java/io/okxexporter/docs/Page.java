package io.okxexporter.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Markdown page of the project. */
record Page(Path file, String text) {
  static Page of(String file) {
    Path path = Path.of(file);
    try {
      return new Page(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages, by path. */
  static List<String> all() {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              docs.map(Path::toString).filter(name -> name.endsWith(".md")).sorted(),
              Stream.of(
                  "README.md",
                  "CHANGELOG.md",
                  "alerts/README.md",
                  "deploy/README.md",
                  ".github/CONTRIBUTING.md",
                  ".github/SECURITY.md"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The part under a heading, up to the next heading of its level or a higher one. */
  String chapter(String title) {
    String fromTitle = text.replaceFirst("(?s)^.*\n## " + title + "\n", "");
    return fromTitle.replaceFirst("(?s)\n## .*", "");
  }

  /** The code blocks in a language. */
  List<String> blocks(String language) {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(text)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** The cells of the table whose header begins with these cells. */
  List<List<String>> rows(String... header) {
    String start = "| " + String.join(" | ", header) + " |";
    return text.lines()
        .dropWhile(line -> !line.startsWith(start))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  /** The texts of a cell that are set as code. */
  static List<String> codes(String cell) {
    return Pattern.compile("`([^` ]+)`")
        .matcher(cell)
        .results()
        .map(code -> code.group(1))
        .toList();
  }

  /** What a pattern matches, each once, in order. */
  static Set<String> find(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
