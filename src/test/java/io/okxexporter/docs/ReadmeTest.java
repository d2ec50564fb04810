package io.okxexporter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.alerts.RuleFile;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README stays short, and names what a newcomer needs. */
class ReadmeTest {
  private final Page readme = Page.of("README.md");

  @Test
  void it_has_at_most_2500_words() {
    assertThat(words(readme.text())).isBetween(1000, 2500);
  }

  @Test
  void no_sentence_has_more_than_30_words() {
    assertThat(sentences()).hasSizeGreaterThan(100).allMatch(sentence -> words(sentence) <= 30);
  }

  /** Sentences, items and cells, without code blocks. */
  private List<String> sentences() {
    String prose = readme.text().replaceAll("(?s)```.*?```|<picture>.*?</picture>", "\n\n");
    return Stream.of(prose.split("\n{2,}|\n- |\\||(?<=[.!?])[\\s*]"))
        .filter(sentence -> !sentence.isBlank())
        .toList();
  }

  private static int words(String text) {
    return text.strip().split("\\s+").length;
  }

  @Test
  void the_contents_list_names_every_chapter_in_order() {
    List<String> chapters = titles("(?m)^## (.*)$");
    assertThat(titles("\\[([^\\]]+)\\]\\(#[a-z-]+\\)(?= ·|\n\n)")).isEqualTo(chapters);
    assertThat(readme.text().indexOf("](#")).isLessThan(readme.text().indexOf("\n## "));
  }

  private List<String> titles(String regex) {
    return Pattern.compile(regex)
        .matcher(readme.text())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void the_commands_of_a_newcomer_and_a_picture_stand_on_the_first_screens() {
    assertThat(readme.text().lines().limit(25)).anyMatch(line -> line.contains("<picture>"));
    assertThat(String.join("\n", readme.text().lines().limit(80).toList()))
        .contains("\n./mvnw compile exec:java -Dexec.args=--simulate\n", "\n./mvnw verify\n");
  }

  @Test
  void its_metrics_are_ten_rows_of_the_table_of_all() {
    List<List<String>> all = firstThree(Page.of("docs/metrics.md"));
    assertThat(firstThree(readme)).hasSize(10).isSubsetOf(all);
  }

  private static List<List<String>> firstThree(Page page) {
    return page.rows("name", "type", "labels").stream().map(row -> row.subList(0, 3)).toList();
  }

  @Test
  void its_four_rows_of_alerts_have_each_alert_once() {
    List<List<String>> rows = readme.rows("question", "alerts");
    assertThat(rows).hasSize(4);
    assertThat(rows.stream().flatMap(row -> Page.codes(row.get(1)).stream()))
        .containsExactlyInAnyOrderElementsOf(
            RuleFile.alerts().stream()
                .map(rule -> rule.path("alert").asText())
                .distinct()
                .toList());
  }

  @Test
  void it_links_every_page_but_those_for_developers_alone() {
    List<String> linked =
        Pattern.compile("\\]\\(([^)#]+\\.md)")
            .matcher(readme.text())
            .results()
            .map((MatchResult link) -> link.group(1))
            .toList();
    assertThat(linked)
        .containsAll(
            Page.all().stream()
                .filter(page -> !List.of("README.md", "docs/MUTATION.md").contains(page))
                .toList());
  }
}
