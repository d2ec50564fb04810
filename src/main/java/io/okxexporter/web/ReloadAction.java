package io.okxexporter.web;

import java.util.List;
import java.util.function.Consumer;

/** Reloads the configuration. Called on web threads, possibly several at once. */
@FunctionalInterface
public interface ReloadAction {
  /**
   * Starts to reload the configuration; a reload that fails changes nothing.
   *
   * @param done receives the problems, without secrets, on any thread; none if the new
   *     configuration is in force
   */
  void reload(Consumer<List<String>> done);
}
