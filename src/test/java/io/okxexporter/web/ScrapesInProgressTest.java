package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.web.ScrapesInProgress.ActiveScrape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScrapesInProgressTest {
  private final List<String> evicted = new ArrayList<>();
  private final ScrapesInProgress inProgress = new ScrapesInProgress(3, () -> 0);

  @Test
  void slow_readers_at_one_address_keep_out_nobody_at_another() {
    reads("a", "first");
    reads("a", "second");
    reads("a", "third");
    assertThat(reads("a", "fourth")).isNull();
    assertThat(reads("b", "Prometheus")).isNotNull();
    assertThat(reads("c", "another")).isNotNull();
    assertThat(evicted).containsExactly("first", "second");
  }

  @Test
  void places_that_are_shared_evenly_are_kept() {
    reads("a", "first");
    reads("b", "second");
    reads("c", "third");
    assertThat(reads("d", "fourth")).isNull();
    assertThat(reads("a", "fifth")).isNull();
    assertThat(evicted).isEmpty();
  }

  @Test
  void nobody_takes_the_place_of_one_at_an_address_that_would_then_hold_fewer() {
    reads("a", "first");
    reads("a", "second");
    reads("b", "third");
    assertThat(reads("b", "fourth")).isNull();
    assertThat(evicted).isEmpty();
  }

  @Test
  void an_answer_that_is_still_being_made_makes_no_room() {
    enter("a", "first");
    enter("a", "second");
    enter("a", "third");
    assertThat(reads("b", "Prometheus")).isNull();
    assertThat(evicted).isEmpty();
  }

  private @Nullable ActiveScrape reads(String address, String name) {
    ActiveScrape scrape = enter(address, name);
    if (scrape != null) {
      scrape.rendered();
    }
    return scrape;
  }

  private @Nullable ActiveScrape enter(String address, String name) {
    return inProgress.enter(address, () -> evicted.add(name));
  }
}
