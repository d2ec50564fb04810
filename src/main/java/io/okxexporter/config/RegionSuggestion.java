package io.okxexporter.config;

import io.okxexporter.config.yaml.Suggestion;
import io.okxexporter.model.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Suggests the region that is meant by another name, such as {@code eu} or a host. */
final class RegionSuggestion {
  private static final Map<Region, Set<String>> OTHER_NAMES =
      Map.of(
          Region.GLOBAL,
          Set.of(
              "www",
              "www.okx.com",
              "okx.com",
              "okx",
              "com",
              "openapi",
              "world",
              "worldwide",
              "international",
              "intl",
              "default"),
          Region.EEA,
          Set.of("eu", "europe", "european_union", "eur", "emea", "my", "my.okx.com"),
          Region.US,
          Set.of(
              "usa", "america", "united_states", "app", "app.okx.com", "au", "aus", "australia"));

  /** A shorter word is too close to all of the names. */
  private static final int MIN_MISSPELT = 3;

  private RegionSuggestion() {}

  /** Returns the end of an error, empty if there is nothing to suggest. */
  static String didYouMean(String text) {
    return to(text).map(near -> ", did you mean " + near + "?").orElse("");
  }

  private static Optional<String> to(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    return Arrays.stream(Region.values())
        .filter(region -> names(region).anyMatch(name::equals))
        .map(Region::label)
        .findFirst()
        .or(() -> misspelt(name));
  }

  private static Stream<String> names(Region region) {
    return Stream.concat(
        Stream.of(region.label(), region.baseUrl().getHost()),
        OTHER_NAMES.getOrDefault(region, Set.of()).stream());
  }

  private static Optional<String> misspelt(String name) {
    List<String> labels = Arrays.stream(Region.values()).map(Region::label).toList();
    return name.length() < MIN_MISSPELT ? Optional.empty() : Suggestion.to(name, labels);
  }
}
