package io.okxexporter.config.yaml;

import io.okxexporter.model.SecretTexts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, to report all of them at once in the order of the file. */
public final class Problems {
  /** The offset that sorts before the whole file. */
  public static final int FIRST = -1;

  private final List<Found> found = new ArrayList<>();
  private final SecretTexts secrets = new SecretTexts();

  /** Hides this secret in all problems, those added before as well. */
  public void hide(String secret) {
    secrets.add(secret);
  }

  /** Returns the problem as it may be shown. */
  public Problem safe(Problem problem) {
    return problem.without(secrets);
  }

  /** Returns the text as it may be shown. */
  public String safe(String text) {
    return secrets.hideIn(text, Problem.HIDDEN);
  }

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
        .map(this::safe)
        .toList();
  }

  private record Found(int offset, Problem problem) {}
}
