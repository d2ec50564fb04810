package io.okxexporter.model;

import java.time.Instant;

/**
 * A maintenance window that OKX announces and that is not over: one entry of {@code GET
 * /api/v5/system/status}.
 *
 * @param state {@code scheduled}, {@code pre_open} or {@code ongoing}
 * @param demo whether it affects demo trading, as opposed to the live exchange
 * @param begin when it begins, by OKX's clock
 * @param end when OKX expects it to end
 */
public record Maintenance(String state, boolean demo, Instant begin, Instant end) {}
