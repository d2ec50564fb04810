package io.okxexporter.check;

/** What is said while the check waits. */
interface Progress {
  /** Replaces what was shown before; for who watches. */
  void doing(String what);

  /** Something that has to be said before it is done, to everybody. */
  void announce(String what);

  /** Takes away what was shown, since the report goes on. */
  void clear();
}
