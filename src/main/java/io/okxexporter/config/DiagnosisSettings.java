package io.okxexporter.config;

import io.okxexporter.config.yaml.Section;

/**
 * The settings that are on unless switched off.
 *
 * @param diagnosis as in {@link Config}
 * @param allowTradingKeys as in {@link Config}
 */
record DiagnosisSettings(boolean diagnosis, boolean allowTradingKeys) {
  static DiagnosisSettings read(Section section) {
    DiagnosisSettings switches =
        new DiagnosisSettings(isOn(section, "diagnosis"), isOn(section, "allow_trading_keys"));
    if (!switches.diagnosis && !switches.allowTradingKeys) {
      reportUseless(section);
    }
    return switches;
  }

  private static boolean isOn(Section section, String key) {
    return !Boolean.FALSE.equals(section.flag(key));
  }

  /** Without diagnosis, the guard against trading keys has no effect. */
  private static void reportUseless(Section section) {
    String diagnosis = section.name("diagnosis");
    section.report(
        "allow_trading_keys",
        "false",
        "expected " + diagnosis + " to be true: without it, the permissions of keys are unknown");
  }
}
