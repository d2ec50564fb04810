package io.okxexporter.simulator;

import io.okxexporter.model.Bill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The responses about a user's ledgers and balances. */
final class SimulatedLedgers {
  /** OKX shows the bills of the past month. */
  private static final long MEMORY_MILLIS = Duration.ofDays(30).toMillis();

  private final Portfolios portfolios;

  SimulatedLedgers(Portfolios portfolios) {
    this.portfolios = portfolios;
  }

  /** No portfolio has custody bills; hence {@code thirdPartyType} changes nothing. */
  SimulatedResponse bills(SimulatedUser user, Instant now, SimulatedRequest request) {
    return user.demo()
        ? ErrorResponse.NOT_IN_DEMO.response(request)
        : page(newest(user, now, request), request, LedgerResponses::bills);
  }

  SimulatedResponse deposits(SimulatedUser user, Instant now, SimulatedRequest request) {
    List<LedgerEntry> deposits = newest(user, now, request);
    deposits.removeIf(entry -> !entry.bill().type().equals("1"));
    return page(deposits, request, LedgerResponses::deposits);
  }

  /** Returns the page of a ledger that the request wants, or why there is none. */
  static SimulatedResponse page(
      List<LedgerEntry> newestFirst,
      SimulatedRequest request,
      Function<List<LedgerEntry>, SimulatedResponse> success) {
    return Paging.of(request)
        .map(paging -> paging.page(newestFirst, LedgerEntry::atMillis))
        .map(success)
        .orElseGet(() -> ErrorResponse.BAD_PAGE.response(request));
  }

  private List<LedgerEntry> newest(SimulatedUser user, Instant now, SimulatedRequest request) {
    long oldest = now.toEpochMilli() - MEMORY_MILLIS;
    Predicate<Bill> wanted = bills(request);
    List<LedgerEntry> entries = new ArrayList<>();
    for (LedgerEntry entry : portfolios.of(user.uid()).bills(now.toEpochMilli())) {
      if (entry.atMillis() > oldest && wanted.test(entry.bill())) {
        entries.add(entry);
      }
    }
    Collections.reverse(entries);
    return entries;
  }

  /** Returns which bills the request wants. */
  static Predicate<Bill> bills(SimulatedRequest request) {
    Predicate<String> ccy = values(request, "ccy");
    Predicate<String> type = values(request, "type");
    return bill -> ccy.test(bill.ccy()) && type.test(bill.type());
  }

  SimulatedResponse withdrawals(SimulatedUser user, Instant now, SimulatedRequest request) {
    if (user.demo()) {
      return ErrorResponse.NOT_IN_DEMO.response(request);
    }
    long millis = now.toEpochMilli();
    return withdrawals(portfolios.of(user.uid()).withdrawals(millis), millis, request);
  }

  /**
   * Returns the page of the withdrawals that the request wants.
   *
   * @param oldestFirst all that OKX knows
   */
  static SimulatedResponse withdrawals(
      List<SimulatedWithdrawal> oldestFirst, long nowMillis, SimulatedRequest request) {
    List<SimulatedWithdrawal> wanted = new ArrayList<>(oldestFirst);
    wanted.removeIf(withdrawals(request, nowMillis).negate());
    Collections.reverse(wanted);
    return Paging.of(request)
        .map(paging -> paging.page(wanted, SimulatedWithdrawal::atMillis))
        .map(page -> LedgerResponses.withdrawals(page, nowMillis))
        .orElseGet(() -> ErrorResponse.BAD_PAGE.response(request));
  }

  private static Predicate<SimulatedWithdrawal> withdrawals(
      SimulatedRequest request, long nowMillis) {
    Predicate<String> ccy = values(request, "ccy");
    Predicate<String> id = values(request, "wdId");
    Predicate<String> state = values(request, "state");
    return it -> ccy.test(it.ccy()) && id.test(it.id()) && state.test(it.state(nowMillis));
  }

  /** Any value, without the parameter. */
  private static Predicate<String> values(SimulatedRequest request, String parameter) {
    String only = request.parameter(parameter).orElse("");
    return value -> only.isEmpty() || value.equals(only);
  }

  /** Returns the response with what a user has in the funding account. */
  SimulatedResponse balances(SimulatedUser user, Instant now, SimulatedRequest request) {
    return LedgerResponses.balances(amounts(user, Account.FUNDING, now, request));
  }

  /** Returns what a user has in an account, of the assets that the request names if it does. */
  Map<Asset, Long> amounts(
      SimulatedUser user, Account account, Instant now, SimulatedRequest request) {
    Holdings holdings = portfolios.of(user.uid()).holdings(now.toEpochMilli());
    List<String> named = List.of(request.parameter("ccy").orElse("").split(",|%2C", -1));
    Map<Asset, Long> amounts = new EnumMap<>(Asset.class);
    for (Asset asset : Asset.values()) {
      if (named.contains("") || named.contains(asset.name())) {
        amounts.put(asset, holdings.amount(account, asset));
      }
    }
    amounts.values().removeIf(amount -> amount == 0);
    return amounts;
  }
}
