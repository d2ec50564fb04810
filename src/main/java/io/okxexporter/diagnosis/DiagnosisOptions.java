package io.okxexporter.diagnosis;

/**
 * What to ask beside the valuations.
 *
 * @param allowTradingKeys whether to poll with a key that may trade or withdraw
 */
public record DiagnosisOptions(boolean allowTradingKeys) {}
