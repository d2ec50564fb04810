package io.okxexporter.check;

import java.util.Locale;

/** How a step ended. */
enum StepStatus {
  /** As it should be. */
  PASS,
  /** It works, but needs attention. */
  WARN,
  /** It does not work. */
  FAIL,
  /** It was not tried, since an earlier step makes it pointless. */
  SKIP;

  /** The name in reports. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
