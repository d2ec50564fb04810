package io.okxexporter.web;

import java.util.List;

/** Reloads the configuration. Called on web threads, possibly several at once. */
@FunctionalInterface
public interface ReloadAction {
  /**
   * Reloads the configuration, or changes nothing.
   *
   * @return the problems, without secrets; empty if the new configuration is in force
   */
  List<String> reload();
}
