package io.okxexporter.web;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The metric families that the parameters {@code name[]} of a scrape ask for. OpenMetrics names a
 * counter's family without {@code _total}, and the text format with it; either finds it.
 */
record NameFilter(Set<String> wanted) implements Predicate<String> {
  /** Everything where nothing is named. */
  static Predicate<String> of(@Nullable Collection<String> names) {
    return names == null || names.isEmpty() ? any -> true : new NameFilter(Set.copyOf(names));
  }

  @Override
  public boolean test(String family) {
    return wanted.contains(family) || other(family, "_total") || other(family, "_info");
  }

  private boolean other(String family, String suffix) {
    return family.endsWith(suffix)
        ? wanted.contains(family.substring(0, family.length() - suffix.length()))
        : wanted.contains(family + suffix);
  }
}
