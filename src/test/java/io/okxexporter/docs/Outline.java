package io.okxexporter.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The language-independent content of a Markdown page, block by block: heading levels, code without
 * comments, and table rows by number of cells, and by their first cell if it is code. It also has
 * the facts of every block: code, names with an underscore, numbers, links and pictures.
 */
record Outline(Path file, String text) {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(.*?)^```$");
  private static final String LINK = "(?<=\\]\\()[^)]+|(?<=src=\"|srcset=\")[^\"]+";

  /**
   * Alternatives in order of precedence. Within a block the facts are sorted, since translation
   * reorders them.
   */
  private static final Pattern FACTS =
      Pattern.compile(
          "`[^`]+`|<https?:[^>]+>|"
              + LINK
              + "|(?<![A-Za-z0-9_])[A-Za-z]+(?:_[A-Za-z]+)+|(?<![A-Za-z0-9_.])\\d+(?:[.,]\\d+)*");

  List<String> blocks() {
    String oneLineFences = replace(FENCE, text, found -> found.group().replace('\n', '\r'));
    return Stream.of(oneLineFences.split("\n{2,}|\n(?=#|```|- |\\|(?!---))"))
        .map(block -> block.startsWith("```") ? code(block) : kind(block) + facts(block))
        .toList();
  }

  private static String code(String fence) {
    return fence.replace('\r', '\n').replaceAll("(?m)(^| +)# .*$", "");
  }

  private static String kind(String block) {
    if (!block.startsWith("|")) {
      return block.replaceFirst("(?s)^(#+|- |> |    )?.*", "$1");
    }
    String[] cells = block.split("\\|", -1);
    String first = cells[1].startsWith(" `") ? cells[1].replaceAll("` .* `", "` `") : "";
    return (block.contains("\n|---") ? "" : first) + "|".repeat(cells.length - 1);
  }

  private List<String> facts(String block) {
    return FACTS.matcher(block).results().map(MatchResult::group).map(this::fact).sorted().toList();
  }

  /** A link relative to the project's root, or a heading of this page by its number. */
  private String fact(String found) {
    if (found.startsWith("#")) {
      return "#" + anchors().indexOf(found.substring(1));
    }
    boolean path = !found.matches("(?s)[`<\\d].*|https?:.*") && found.matches(".*[./].*");
    return path ? file.resolveSibling(found).normalize().toString() : found;
  }

  /** The anchors of the headings, as links write them. */
  List<String> anchors() {
    return Pattern.compile("(?m)^#+ (.*)$")
        .matcher(replace(FENCE, text, found -> ""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** Untranslated prose: six English words in a row, except abbreviations. */
  List<String> english() {
    String prose = replace(FENCE, text, found -> "").replaceAll("`[^`]*`|" + LINK, "`");
    return Pattern.compile("\\b[A-Za-z]?[a-z']+(?:[ \n,;:.-]+[A-Za-z]?[a-z']+){5,}")
        .matcher(prose)
        .results()
        .map(MatchResult::group)
        .toList();
  }

  private static String replace(
      Pattern pattern, String text, Function<MatchResult, String> replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
  }
}
