package io.okxexporter.model;

import java.time.Instant;

/**
 * An announced maintenance of OKX that is not over: of {@code GET /api/v5/system/status}.
 *
 * @param state {@code scheduled}, {@code pre_open} or {@code ongoing}
 * @param demo whether it concerns demo trading, as opposed to the live exchange
 * @param begin when it begins, by OKX's clock
 * @param end when it ends, as far as OKX knows
 */
public record Maintenance(String state, boolean demo, Instant begin, Instant end) {}
