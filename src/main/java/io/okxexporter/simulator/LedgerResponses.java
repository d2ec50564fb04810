package io.okxexporter.simulator;

import io.okxexporter.model.Bill;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The successful responses of ledgers and balances, with OKX's fields in their order. */
final class LedgerResponses {
  /** OKX's type of all transfers of a trading account. */
  static final String TRANSFER = "1";

  /** OKX's numbers of accounts. */
  private static final String FUNDING = "6";

  private static final String TRADING = "18";

  private LedgerResponses() {}

  static SimulatedResponse bills(List<LedgerEntry> entries) {
    return data(entries, LedgerResponses::bill);
  }

  private static String bill(LedgerEntry entry) {
    Bill bill = entry.bill();
    return object(
        "billId", bill.id(),
        "ccy", bill.ccy(),
        "clientId", "",
        "balChg", Asset.plain(bill.change()),
        "bal", Asset.plain(entry.balance()),
        "type", bill.type(),
        "ts", Long.toString(entry.atMillis()),
        "notes", "");
  }

  /** Shows transfers between a trading account and the funding account. */
  static SimulatedResponse tradingBills(List<LedgerEntry> entries) {
    return data(entries, LedgerResponses::tradingBill);
  }

  private static String tradingBill(LedgerEntry entry) {
    Bill bill = entry.bill();
    boolean in = bill.change().signum() >= 0;
    return object(
        "bal", Asset.plain(entry.balance()),
        "balChg", Asset.plain(bill.change()),
        "billId", bill.id(),
        "ccy", bill.ccy(),
        "clOrdId", "",
        "execType", "",
        "fee", "0",
        "from", in ? FUNDING : TRADING,
        "instId", "",
        "instType", "",
        "interest", "0",
        "mgnMode", "",
        "notes", in ? "From Funding Account" : "To Funding Account",
        "ordId", "",
        "pnl", "0",
        "posBal", "0",
        "posBalChg", "0",
        "px", "",
        "subType", bill.type(),
        "sz", Asset.plain(bill.change().abs()),
        "tag", "",
        "to", in ? TRADING : FUNDING,
        "tradeId", "",
        "ts", Long.toString(entry.atMillis()),
        "type", TRANSFER);
  }

  /** Shows what a main account gained from its sub-accounts and lost to them. */
  static SimulatedResponse subAccountBills(List<LedgerEntry> entries) {
    return data(entries, LedgerResponses::subAccountBill);
  }

  private static String subAccountBill(LedgerEntry entry) {
    Bill bill = entry.bill();
    return object(
        "billId", bill.id(),
        "ccy", bill.ccy(),
        "amt", Asset.plain(bill.change().abs()),
        "type", subAccountType(bill),
        "subAcct", "play-sub-account",
        "ts", Long.toString(entry.atMillis()));
  }

  /** OKX's number of the direction. */
  static String subAccountType(Bill bill) {
    return bill.change().signum() < 0 ? "0" : "1";
  }

  /** Shows each withdrawal in its state at the time. */
  static SimulatedResponse withdrawals(List<SimulatedWithdrawal> withdrawals, long nowMillis) {
    return data(withdrawals, withdrawal -> withdrawal(withdrawal, nowMillis));
  }

  private static String withdrawal(SimulatedWithdrawal it, long nowMillis) {
    return object(
        "note", "",
        "chain", it.chain(),
        "fee", Asset.plain(it.fee()),
        "feeCcy", it.ccy(),
        "ccy", it.ccy(),
        "clientId", "",
        "toAddrType", it.internal() ? "2" : "1",
        "amt", Asset.plain(it.amount()),
        "txId", it.sent(nowMillis) ? invented("tx", it.id()) : "",
        "from", invented("account", "from"),
        "areaCodeFrom", "",
        "to", invented(it.internal() ? "account" : "address", it.id()),
        "areaCodeTo", "",
        "state", it.state(nowMillis),
        "type", it.internal() ? "3" : "4",
        "ts", Long.toString(it.atMillis()),
        "wdId", it.id());
  }

  static SimulatedResponse deposits(List<LedgerEntry> entries) {
    return data(entries, LedgerResponses::deposit);
  }

  private static String deposit(LedgerEntry entry) {
    Bill bill = entry.bill();
    return object(
        "actualDepBlkConfirm", "12",
        "amt", Asset.plain(bill.change()),
        "areaCodeFrom", "",
        "ccy", bill.ccy(),
        "chain", Asset.valueOf(bill.ccy()).chain(),
        "depId", bill.id(),
        "from", "",
        "fromWdId", "",
        "state", "2",
        "to", invented("address", bill.ccy()),
        "ts", Long.toString(entry.atMillis()),
        "txId", invented("tx", bill.id()));
  }

  /** Shows the balances of the funding account. */
  static SimulatedResponse balances(Map<Asset, Long> amounts) {
    return data(List.copyOf(amounts.entrySet()), LedgerResponses::balance);
  }

  private static String balance(Map.Entry<Asset, Long> balance) {
    String amount = Asset.plain(Asset.units(balance.getValue()));
    return object(
        "availBal", amount, "bal", amount, "ccy", balance.getKey().name(), "frozenBal", "0");
  }

  /**
   * Shows the balances of the trading account.
   *
   * @param worthUsd the worth of each amount, in USD
   */
  static SimulatedResponse tradingBalance(
      Map<Asset, Long> amounts, Map<Asset, BigDecimal> worthUsd, long nowMillis) {
    BigDecimal total = worthUsd.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    String details =
        amounts.entrySet().stream()
            .map(it -> detail(it, worthUsd.getOrDefault(it.getKey(), BigDecimal.ZERO), nowMillis))
            .collect(Collectors.joining(","));
    String account =
        object("adjEq", "", "totalEq", Asset.plain(total), "uTime", Long.toString(nowMillis));
    return SuccessResponses.data("{\"details\":[" + details + "]," + account.substring(1));
  }

  private static String detail(
      Map.Entry<Asset, Long> balance, BigDecimal worthUsd, long nowMillis) {
    String amount = Asset.plain(Asset.units(balance.getValue()));
    return object(
        "availBal",
        amount,
        "availEq",
        amount,
        "cashBal",
        amount,
        "ccy",
        balance.getKey().name(),
        "eq",
        amount,
        "eqUsd",
        Asset.plain(worthUsd),
        "frozenBal",
        "0",
        "ordFrozen",
        "0",
        "uTime",
        Long.toString(nowMillis));
  }

  /**
   * Shows the prices of assets.
   *
   * @param before the prices a day before
   */
  static SimulatedResponse indexTickers(
      String quoteCcy, Map<Asset, BigDecimal> prices, Map<Asset, BigDecimal> before, long ts) {
    return data(
        List.copyOf(prices.entrySet()),
        it ->
            ticker(
                it.getKey() + "-" + quoteCcy,
                it.getValue(),
                before.getOrDefault(it.getKey(), it.getValue()),
                ts));
  }

  private static String ticker(String instrument, BigDecimal price, BigDecimal open, long ts) {
    return object(
        "instId", instrument,
        "idxPx", Asset.plain(price),
        "high24h", Asset.plain(price.max(open)),
        "sodUtc0", Asset.plain(open),
        "open24h", Asset.plain(open),
        "low24h", Asset.plain(price.min(open)),
        "sodUtc8", Asset.plain(open),
        "ts", Long.toString(ts));
  }

  /** Returns a text in the place of an address or a transaction id, always the same one. */
  private static String invented(String what, String of) {
    long bits = new SplittableRandom((what + of).hashCode()).nextLong();
    return "play-" + what + "-" + Long.toHexString(bits);
  }

  private static <T> SimulatedResponse data(List<T> rows, Function<T, String> json) {
    return SuccessResponses.data(rows.stream().map(json).collect(Collectors.joining(",")));
  }

  /** Writes names and values, which need no escaping; fast, as load tests read millions. */
  private static String object(String... namesAndValues) {
    StringBuilder json = new StringBuilder(256);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.append(i == 0 ? "{\"" : "\",\"")
          .append(namesAndValues[i])
          .append("\":\"")
          .append(namesAndValues[i + 1]);
    }
    return json.append("\"}").toString();
  }
}
