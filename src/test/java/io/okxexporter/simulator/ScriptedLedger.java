package io.okxexporter.simulator;

import io.okxexporter.model.Bill;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers and the withdrawals of one User ID, as a test writes them. Nothing is checked: bills
 * may be late, repeated, of unknown types or of wrong signs. Thread-safe.
 */
public final class ScriptedLedger {
  private static final String DEFAULT_PROVIDER = "1";

  private final List<Row> funding = new ArrayList<>();
  private final List<Row> trading = new ArrayList<>();
  private final List<Row> subAccounts = new ArrayList<>();
  private final List<SimulatedWithdrawal> withdrawals = new ArrayList<>();
  private final List<FiatOrder> fiat = new ArrayList<>();
  private final Map<String, String> refusals = new HashMap<>();
  private @Nullable Duration memory;
  private int overlap;

  /**
   * Adds a bill of the funding account that is visible from its time on; twice if it is added
   * twice.
   */
  public void add(Bill bill) {
    add(bill, bill.at());
  }

  /** Adds a bill that is visible from a moment on, such as a late one. */
  public void add(Bill bill, Instant visibleFrom) {
    insert(funding, new Row(bill, null, visibleFrom));
  }

  /** Adds a transfer of the trading account, whose id must be a number. */
  public void addTrading(Bill bill, Instant visibleFrom) {
    insert(trading, new Row(bill, null, visibleFrom));
  }

  /** Adds a transfer to or from a sub-account. */
  public void addSubAccount(Bill bill, Instant visibleFrom) {
    insert(subAccounts, new Row(bill, null, visibleFrom));
  }

  /** Adds a custody bill, which only requests for its provider return. */
  public void addCustody(Bill bill, String provider) {
    insert(funding, new Row(bill, provider, bill.at()));
  }

  /** Keeps the rows in the order of their time; of one time, the last one added is the newest. */
  private synchronized void insert(List<Row> rows, Row row) {
    int index = rows.size();
    while (index > 0 && rows.get(index - 1).bill.at().isAfter(row.bill.at())) {
      index--;
    }
    rows.add(index, row);
  }

  /**
   * Adds a withdrawal on chain.
   *
   * @param states OKX's number of each state, by the time from which it holds; the first one is the
   *     time of the request
   */
  public synchronized void addWithdrawal(
      String id, String ccy, BigDecimal amount, SortedMap<Instant, String> states) {
    withdrawals.add(
        new SimulatedWithdrawal(
            id,
            states.firstKey().toEpochMilli(),
            ccy,
            ccy + "-Chain",
            amount,
            new BigDecimal("0.0005"),
            false,
            states.entrySet().stream()
                .map(
                    it ->
                        new SimulatedWithdrawal.StateSince(
                            it.getKey().toEpochMilli(), it.getValue()))
                .toList()));
    withdrawals.sort(Comparator.comparingLong(SimulatedWithdrawal::atMillis));
  }

  /** Adds a withdrawal to a bank, with OKX's name of each state. */
  public synchronized void addFiatWithdrawal(
      String id, String ccy, BigDecimal amount, SortedMap<Instant, String> states) {
    fiat.add(new FiatOrder(id, ccy, amount, states));
    fiat.sort(Comparator.comparing((FiatOrder order) -> order.states.firstKey()).reversed());
  }

  /** Forgets bills that are older than this from now on; null for none. */
  public synchronized void memory(@Nullable Duration memory) {
    this.memory = memory;
  }

  /** Begins every page but the first this many bills early from now on. */
  public synchronized void overlap(int bills) {
    this.overlap = bills;
  }

  /**
   * Refuses requests for a path from now on.
   *
   * @param code OKX's error code, such as 50038; null for no error
   */
  public synchronized void refuse(String path, @Nullable String code) {
    if (code == null) {
      refusals.remove(path);
    } else {
      refusals.put(path, code);
    }
  }

  /** Returns the response to an accepted request; empty if none of these ledgers is concerned. */
  synchronized Optional<SimulatedResponse> respond(SimulatedRequest request, Instant now) {
    Optional<SimulatedRoute> route = SimulatedRoute.of(request.path());
    String code = refusals.get(request.path());
    if (code != null) {
      String body = "{\"code\":\"" + code + "\",\"data\":[],\"msg\":\"Refused by a test\"}";
      return Optional.of(SimulatedResponse.json(200, body));
    }
    return route.map(it -> respond(it, request, now));
  }

  private @Nullable SimulatedResponse respond(
      SimulatedRoute route, SimulatedRequest request, Instant now) {
    return switch (route) {
      case ACCOUNT_BILLS ->
          SimulatedLedgers.tradingBills(visible(trading, row -> true, now), request);
      case SUB_ACCOUNT_BILLS ->
          SimulatedLedgers.subAccountBills(visible(subAccounts, row -> true, now), request);
      case WITHDRAWAL_HISTORY -> withdrawals(request, now);
      case FIAT_WITHDRAWALS -> fiat(now);
      case ASSET_BILLS -> LedgerResponses.bills(page(visible(request, now), request));
      case ASSET_VALUATION,
          ACCOUNT_CONFIG,
          PUBLIC_TIME,
          SYSTEM_STATUS,
          INDEX_TICKERS,
          ASSET_BALANCES,
          ACCOUNT_BALANCE,
          DEPOSIT_HISTORY ->
          null;
    };
  }

  private List<LedgerEntry> page(List<LedgerEntry> newestFirst, SimulatedRequest request) {
    Paging paging = Paging.of(request).orElseThrow();
    List<LedgerEntry> wanted =
        new Paging(paging.after(), paging.before(), Integer.MAX_VALUE)
            .page(newestFirst, LedgerEntry::atMillis);
    int skipped =
        (int) newestFirst.stream().filter(row -> row.atMillis() >= paging.after()).count();
    int begin = Math.max(0, skipped - overlap);
    List<LedgerEntry> page = new ArrayList<>(newestFirst.subList(begin, skipped));
    page.addAll(wanted);
    return page.subList(0, Math.min(paging.limit(), page.size()));
  }

  private List<LedgerEntry> visible(SimulatedRequest request, Instant now) {
    String provider = request.parameter("thirdPartyType").orElse(DEFAULT_PROVIDER);
    Predicate<Bill> wanted = SimulatedLedgers.bills(request);
    return visible(
        funding,
        row -> (row.provider == null || row.provider.equals(provider)) && wanted.test(row.bill),
        now);
  }

  private List<LedgerEntry> visible(List<Row> rows, Predicate<Row> wanted, Instant now) {
    List<LedgerEntry> visible = new ArrayList<>();
    Map<String, BigDecimal> balances = new HashMap<>();
    for (Row row : rows) {
      if (!row.visibleFrom.isAfter(now)) {
        BigDecimal balance = balances.merge(row.bill.ccy(), row.bill.change(), BigDecimal::add);
        if (remembered(row, now) && wanted.test(row)) {
          visible.add(new LedgerEntry(row.bill, balance));
        }
      }
    }
    Collections.reverse(visible);
    return visible;
  }

  private boolean remembered(Row row, Instant now) {
    return memory == null || !row.bill.at().isBefore(now.minus(memory));
  }

  private SimulatedResponse withdrawals(SimulatedRequest request, Instant now) {
    long millis = now.toEpochMilli();
    List<SimulatedWithdrawal> requested =
        withdrawals.stream().filter(each -> each.atMillis() <= millis).toList();
    return SimulatedLedgers.withdrawals(requested, millis, request);
  }

  private SimulatedResponse fiat(Instant now) {
    return SuccessResponses.data(
        String.join(
            ",",
            fiat.stream()
                .filter(order -> !order.states.firstKey().isAfter(now))
                .map(order -> order.json(now))
                .toList()));
  }

  private record Row(Bill bill, @Nullable String provider, Instant visibleFrom) {}

  private record FiatOrder(
      String id, String ccy, BigDecimal amount, SortedMap<Instant, String> states) {
    String json(Instant now) {
      SortedMap<Instant, String> passed = states.headMap(now.plusNanos(1));
      return SuccessResponses.fill(
          FIAT_ORDER,
          states.firstKey().toEpochMilli(),
          passed.lastKey().toEpochMilli(),
          id,
          amount.toPlainString(),
          ccy,
          passed.values().stream().reduce("", (earlier, later) -> later));
    }
  }

  private static final String FIAT_ORDER =
      """
      {"cTime":"%s",
      "uTime":"%s",
      "ordId":"%s",
      "paymentMethod":"TR_BANKS",
      "paymentAcctId":"play-bank-account",
      "fee":"0",
      "amt":"%s",
      "ccy":"%s",
      "state":"%s",
      "clientId":""}
      """;
}
