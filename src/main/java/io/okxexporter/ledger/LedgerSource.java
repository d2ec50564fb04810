package io.okxexporter.ledger;

import io.okxexporter.model.BillClass;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where ledgers come from, what they mean and who is notified.
 *
 * @param okxNow the time by the clock of a user's host
 * @param billTypes classes of bill types that replace the documented ones
 */
public record LedgerSource(
    LedgerApi okx,
    Function<User, Instant> okxNow,
    Map<String, BillClass> billTypes,
    List<LedgerListener> listeners) {}
