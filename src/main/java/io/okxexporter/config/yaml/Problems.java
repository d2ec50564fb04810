package io.okxexporter.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, to report all of them at once in the order of the file. */
public final class Problems {
  /** The offset that sorts before the whole file. */
  public static final int FIRST = -1;

  private final List<Found> found = new ArrayList<>();

  /**
   * Adds a problem.
   *
   * @param offset position in the file, in characters
   */
  public void add(int offset, Problem problem) {
    found.add(new Found(offset, problem));
  }

  /** Throws all problems, in the order of the file, if there are any. */
  public void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  /** Returns an exception with every problem so far. */
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
