package io.okxexporter.check;

import java.util.Locale;

/** How a step ended. */
enum StepStatus {
  /** As it should be. */
  PASS,
  /** It works, but somebody should look at it. */
  WARN,
  /** It does not work. */
  FAIL,
  /** It was not tried, since it would make no sense. */
  SKIP;

  /** As it is shown. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
