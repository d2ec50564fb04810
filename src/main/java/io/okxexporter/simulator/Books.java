package io.okxexporter.simulator;

import io.okxexporter.model.Bill;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Every movement of one User ID's accounts, and what follows from them at any time: holdings and
 * bills. Movements may be added ahead of time, but not before a time that was read already.
 */
final class Books {
  private final List<Movement> movements = new ArrayList<>();

  /** The bills of the first {@code posted} movements, and the holdings after them. */
  private final Map<Account, List<LedgerEntry>> bills = new EnumMap<>(Account.class);

  private final Holdings holdings = new Holdings();
  private int posted;
  private long readMillis = Long.MIN_VALUE;

  /** Adds a movement after all that are not later. */
  void add(Movement movement) {
    if (movement.atMillis() <= readMillis) {
      throw new IllegalArgumentException("read already: " + movement.atMillis());
    }
    int index = movements.size();
    while (index > posted && movements.get(index - 1).atMillis() > movement.atMillis()) {
      index--;
    }
    movements.add(index, movement);
  }

  /** Returns the holdings at a time; not to be changed or kept. */
  Holdings holdings(long millis) {
    if (millis >= readMillis) {
      read(millis);
      return holdings;
    }
    Holdings earlier = new Holdings();
    movements.stream().takeWhile(movement -> movement.atMillis() <= millis).forEach(earlier::add);
    return earlier;
  }

  /** Returns the bills of an account until a time, oldest first. */
  List<LedgerEntry> bills(Account account, long millis) {
    read(Math.max(millis, readMillis));
    List<LedgerEntry> all = bills.getOrDefault(account, List.of());
    int end = all.size();
    while (end > 0 && all.get(end - 1).atMillis() > millis) {
      end--;
    }
    return List.copyOf(all.subList(0, end));
  }

  private void read(long millis) {
    while (posted < movements.size() && movements.get(posted).atMillis() <= millis) {
      post(movements.get(posted));
      posted++;
    }
    readMillis = millis;
  }

  private void post(Movement movement) {
    holdings.add(movement);
    if (movement.billed()) {
      Instant at = Instant.ofEpochMilli(movement.atMillis());
      long balance = holdings.amount(movement.account(), movement.asset());
      List<LedgerEntry> ledger =
          bills.computeIfAbsent(movement.account(), any -> new ArrayList<>());
      ledger.add(
          new LedgerEntry(
              new Bill(
                  id(movement.atMillis(), ledger.size()),
                  at,
                  movement.asset().name(),
                  Asset.units(movement.amount()),
                  movement.type()),
              Asset.units(balance)));
    }
  }

  /** Returns a number that rises with time, and differs for up to 1,000 bills of one instant. */
  static String id(long atMillis, int index) {
    return Long.toString(atMillis * 1_000 + index % 1_000);
  }
}
