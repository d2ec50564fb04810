package io.okxexporter.check;

/** Shows what the check is doing. */
interface Progress {
  /** Replaces what was shown before; only on a terminal. */
  void doing(String what);

  /** Announces an action before it is taken, on any output. */
  void announce(String what);

  /** Removes what was shown, before the report continues. */
  void clear();
}
