package io.okxexporter.metrics;

import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.Flow;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import io.okxexporter.store.LedgerView;
import io.okxexporter.store.LedgersView;
import io.okxexporter.store.View;
import io.prometheus.metrics.model.snapshots.Labels;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds what OKX's ledgers state to the samples of a scrape. */
final class LedgerSamples {
  /** Always three digits of a second, so that one flow has one label. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final List<Stage> PENDING =
      List.of(Stage.CANCELLABLE, Stage.REVIEW, Stage.IN_PROGRESS);

  private LedgerSamples() {}

  static void add(ScrapeSamples samples, Labels user, LedgersView ledgers) {
    ledgers
        .ledgers()
        .forEach((ledger, view) -> add(samples, user.add("ledger", ledger.label()), view));
    if (ledgers.flows() != null) {
      addFlows(samples, user, ledgers.flows());
    }
    if (ledgers.pending().containsKey(LedgerName.WITHDRAWALS)) {
      // Those to banks are all in progress.
      addPending(
          samples,
          user,
          ledgers.knowsFiat() ? PENDING : List.of(Stage.CANCELLABLE, Stage.REVIEW),
          ledgers.pending().values().stream().flatMap(List::stream).toList());
    }
  }

  private static void add(ScrapeSamples samples, Labels labels, LedgerView view) {
    samples.add(MetricFamily.OKX_LEDGER_INTERVAL_SECONDS, labels, view.interval());
    samples.add(MetricFamily.OKX_LEDGER_LAST_SUCCESS_TIMESTAMP_SECONDS, labels, view.lastSuccess());
    if (view.failing() != null) {
      String reason = view.failing().reason().label();
      samples.add(MetricFamily.OKX_LEDGER_FAILING, labels.add("reason", reason), 1);
    }
  }

  private static void addFlows(ScrapeSamples samples, Labels user, FlowSummary summary) {
    for (Flow flow : summary.flows()) {
      Labels labels =
          category(user, flow.kind(), flow.direction())
              .add("ccy", flow.ccy())
              .add("time", TIME.format(flow.at()));
      samples.add(MetricFamily.OKX_FLOW_AMOUNT, labels, flow.amount().doubleValue());
      samples.add(MetricFamily.OKX_FLOW_TIMESTAMP_SECONDS, labels, flow.at());
    }
    summary
        .counts()
        .forEach(
            (category, count) ->
                samples.add(
                    MetricFamily.OKX_FLOWS,
                    category(user, category.kind(), category.direction()),
                    (double) count));
    summary
        .moves()
        .forEach(
            (move, at) ->
                samples.add(
                    MetricFamily.OKX_MOVE_TIMESTAMP_SECONDS, user.add("kind", move.label()), at));
  }

  private static Labels category(Labels user, FlowKind kind, Flow.Direction direction) {
    return user.add("kind", kind.label()).add("direction", direction.label());
  }

  private static void addPending(
      ScrapeSamples samples, Labels user, List<Stage> known, List<Withdrawal> withdrawals) {
    for (Stage stage : known) {
      Labels labels = user.add("stage", stage.label());
      List<Withdrawal> inStage =
          withdrawals.stream().filter(each -> each.stage() == stage).toList();
      samples.add(MetricFamily.OKX_WITHDRAWALS_PENDING, labels, (double) inStage.size());
      Map<String, BigDecimal> amounts = new HashMap<>();
      inStage.forEach(each -> amounts.merge(each.ccy(), each.amount(), BigDecimal::add));
      amounts.forEach(
          (ccy, amount) ->
              samples.add(
                  MetricFamily.OKX_WITHDRAWAL_PENDING_AMOUNT,
                  labels.add("ccy", ccy),
                  amount.doubleValue()));
    }
  }

  /** Adds the prices of BTC and of what flowed or is being withdrawn. */
  static void addPrices(ScrapeSamples samples, View view) {
    Set<String> wanted = new HashSet<>(Set.of("BTC"));
    view.users().forEach(user -> addCcys(wanted, user.ledgers()));
    view.prices()
        .forEach(
            (ccy, price) -> {
              if (wanted.contains(ccy)) {
                samples.add(
                    MetricFamily.OKX_INDEX_PRICE,
                    Labels.of("ccy", ccy, "quote", "USDT"),
                    price.doubleValue());
              }
            });
  }

  private static void addCcys(Set<String> wanted, LedgersView ledgers) {
    if (ledgers.flows() != null) {
      ledgers.flows().flows().forEach(flow -> wanted.add(flow.ccy()));
    }
    ledgers.pending().values().forEach(all -> all.forEach(each -> wanted.add(each.ccy())));
  }
}
