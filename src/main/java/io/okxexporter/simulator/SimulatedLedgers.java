package io.okxexporter.simulator;

import static java.util.Comparator.comparingLong;

import io.okxexporter.model.Bill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The responses about a user's ledgers and balances. */
final class SimulatedLedgers {
  /** OKX shows the bills of the past month, and those of trading of a week. */
  private static final Duration MEMORY = Duration.ofDays(30);

  private static final Duration TRADING_MEMORY = Duration.ofDays(7);

  /** To a sub-account, and from one. */
  private static final Set<String> SUB_ACCOUNT_TYPES = Set.of("20", "21");

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

  /** All bills of a simulated trading account are transfers. */
  SimulatedResponse tradingBills(SimulatedUser user, Instant now, SimulatedRequest request) {
    return tradingBills(newest(user, Account.TRADING, now, TRADING_MEMORY), request);
  }

  /** Returns the page of a trading account's transfers, by id, that the request wants. */
  static SimulatedResponse tradingBills(List<LedgerEntry> newest, SimulatedRequest request) {
    Predicate<String> ccy = values(request, "ccy");
    Predicate<String> type = values(request, "type");
    Predicate<String> subType = values(request, "subType");
    List<LedgerEntry> wanted =
        newest.stream()
            .filter(entry -> type.test(LedgerResponses.TRANSFER))
            .filter(entry -> ccy.test(entry.bill().ccy()))
            .filter(entry -> subType.test(entry.bill().type()))
            .sorted(comparingLong(SimulatedLedgers::id).reversed())
            .toList();
    return Paging.of(request)
        .map(paging -> paging.page(wanted, SimulatedLedgers::id))
        .map(LedgerResponses::tradingBills)
        .orElseGet(() -> ErrorResponse.BAD_PAGE.response(request));
  }

  private static long id(LedgerEntry entry) {
    return Long.parseLong(entry.bill().id());
  }

  /** All transfers of a simulated main account touch its funding account. */
  SimulatedResponse subAccountBills(SimulatedUser user, Instant now, SimulatedRequest request) {
    if (user.demo()) {
      return ErrorResponse.NOT_IN_DEMO.response(request);
    }
    if (!user.uid().equals(user.mainUid())) {
      return ErrorResponse.NOT_A_MAIN_ACCOUNT.response(request);
    }
    List<LedgerEntry> transfers = newest(user, Account.FUNDING, now, MEMORY);
    transfers.removeIf(entry -> !SUB_ACCOUNT_TYPES.contains(entry.bill().type()));
    return subAccountBills(transfers, request);
  }

  /**
   * Returns the page of transfers between a main account and its sub-accounts that the request
   * wants.
   *
   * @param newest what the main account gained or lost
   */
  static SimulatedResponse subAccountBills(List<LedgerEntry> newest, SimulatedRequest request) {
    Predicate<String> ccy = values(request, "ccy");
    Predicate<String> type = values(request, "type");
    List<LedgerEntry> wanted =
        newest.stream()
            .filter(entry -> ccy.test(entry.bill().ccy()))
            .filter(entry -> type.test(LedgerResponses.subAccountType(entry.bill())))
            .toList();
    return page(wanted, request, LedgerResponses::subAccountBills);
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
    Predicate<Bill> wanted = bills(request);
    List<LedgerEntry> entries = newest(user, Account.FUNDING, now, MEMORY);
    entries.removeIf(entry -> !wanted.test(entry.bill()));
    return entries;
  }

  private List<LedgerEntry> newest(
      SimulatedUser user, Account account, Instant now, Duration memory) {
    long oldest = now.minus(memory).toEpochMilli();
    List<LedgerEntry> entries =
        new ArrayList<>(portfolios.of(user.uid()).bills(account, now.toEpochMilli()));
    entries.removeIf(entry -> entry.atMillis() <= oldest);
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
