package io.okxexporter.simulator;

import io.okxexporter.model.Bill;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ledgers that a test writes; the other User IDs keep their simulated ones. Thread-safe. */
public final class ScriptedLedgers {
  private final Map<String, ScriptedLedger> ledgers = new HashMap<>();
  private long bills;

  /** Returns the ledger of a User ID, empty at first. It replaces the simulated one. */
  public synchronized ScriptedLedger of(String uid) {
    return ledgers.computeIfAbsent(uid, any -> new ScriptedLedger());
  }

  /**
   * Moves money once: each half writes its own bill, whenever it gets to it. Neither half need be
   * there, as the bill of a trading account is not in a funding ledger.
   *
   * @param amount positive
   */
  public synchronized void transfer(
      Instant at, String ccy, BigDecimal amount, Optional<Half> from, Optional<Half> to) {
    from.ifPresent(half -> write(half, at, ccy, amount.negate()));
    to.ifPresent(half -> write(half, at, ccy, amount));
  }

  /** Moves money from the trading account of a main account to that of a sub-account. */
  public synchronized void toSubAccount(
      Instant at, String ccy, BigDecimal amount, String main, String sub) {
    of(main).addTrading(bill(at, ccy, amount.negate(), "12"), at);
    of(main).addSubAccount(bill(at, ccy, amount.negate(), "0"), at);
    of(sub).addTrading(bill(at, ccy, amount, "11"), at);
  }

  /** Moves money from the funding account of a User ID to its trading account. */
  public synchronized void toTrading(Instant at, String ccy, BigDecimal amount, String uid) {
    of(uid).add(bill(at, ccy, amount.negate(), "131"));
    of(uid).addTrading(bill(at.plusMillis(20), ccy, amount, "11"), at);
  }

  /** Moves money out of a trading account to where no ledger of this exchange says. */
  public synchronized void lose(Instant at, String ccy, BigDecimal amount, String uid) {
    of(uid).addTrading(bill(at, ccy, amount.negate(), "12"), at);
  }

  private Bill bill(Instant at, String ccy, BigDecimal change, String type) {
    bills++;
    return new Bill(Long.toString(bills), at, ccy, change, type);
  }

  private void write(Half half, Instant at, String ccy, BigDecimal change) {
    of(half.uid).add(bill(at, ccy, change, half.type), at.plus(half.late));
  }

  synchronized Optional<SimulatedResponse> respond(
      String uid, SimulatedRequest request, Instant now) {
    return Optional.ofNullable(ledgers.get(uid)).flatMap(ledger -> ledger.respond(request, now));
  }

  /**
   * One side of a transfer.
   *
   * @param uid whose ledger states it
   * @param type OKX's number of the bill type
   * @param late how long after the transfer the bill becomes visible
   */
  public record Half(String uid, String type, Duration late) {}
}
