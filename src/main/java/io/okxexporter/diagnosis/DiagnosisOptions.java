package io.okxexporter.diagnosis;

/**
 * Options of the diagnosis.
 *
 * @param allowTradingKeys whether to poll with a key that may trade or withdraw
 */
public record DiagnosisOptions(boolean allowTradingKeys) {}
