package io.okxexporter.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, to be told all at once and in the order of the file. */
public final class Problems {
  /** Before everything that the file says. */
  public static final int FIRST = -1;

  private final List<Found> found = new ArrayList<>();

  /**
   * Adds a problem; they are reported in the order of the file.
   *
   * @param offset where in the file, in characters
   */
  public void add(int offset, Problem problem) {
    found.add(new Found(offset, problem));
  }

  public void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  /** Tells all that was collected. */
  ConfigException exception() {
    return new ConfigException(inOrder());
  }

  private List<Problem> inOrder() {
    return found.stream()
        .sorted(Comparator.comparingInt(Found::offset))
        .map(Found::problem)
        .toList();
  }

  private record Found(int offset, Problem problem) {}
}
