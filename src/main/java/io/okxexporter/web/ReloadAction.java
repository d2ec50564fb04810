package io.okxexporter.web;

import java.util.List;

/** Reads the configuration again; called on a web thread, perhaps on several at once. */
@FunctionalInterface
public interface ReloadAction {
  /**
   * Reloads, or changes nothing.
   *
   * @return what is wrong, without a secret; empty when the new configuration is in force
   */
  List<String> reload();
}
