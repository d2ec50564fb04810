package io.okxexporter.metrics;

import static java.util.stream.Collectors.groupingBy;

import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.ledger.WithdrawalFlows;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    if (ledgers.withdrawals().containsKey(LedgerName.WITHDRAWALS)) {
      addPending(samples, user, ledgers);
    }
    addWithdrawals(samples, user, ledgers);
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

  private static void addPending(ScrapeSamples samples, Labels user, LedgersView ledgers) {
    // Those to banks are all in progress.
    List<Stage> counted = ledgers.knowsFiat() ? PENDING : List.of(Stage.CANCELLABLE, Stage.REVIEW);
    for (Stage stage : counted) {
      samples.add(
          MetricFamily.OKX_WITHDRAWALS_PENDING,
          user.add("stage", stage.label()),
          (double) ledgers.allWithdrawals().filter(each -> each.stage() == stage).count());
    }
  }

  /** Adds all that are pending, and of the others as many as of flows. */
  private static void addWithdrawals(ScrapeSamples samples, Labels user, LedgersView ledgers) {
    List<Withdrawal> withdrawals =
        Stream.concat(
                ledgers.allWithdrawals().filter(Withdrawal::isPending),
                ledgers
                    .allWithdrawals()
                    .filter(each -> !each.isPending())
                    .limit(FlowSummary.LISTED))
            .toList();
    List<Flow> flows = ledgers.flows() == null ? List.of() : ledgers.flows().flows();
    Map<String, Flow> pairs = WithdrawalFlows.pair(withdrawals, flows);
    Map<Labels, List<Withdrawal>> alike =
        withdrawals.stream().collect(groupingBy(each -> labels(user, each, pairs.get(each.id()))));
    alike.forEach(
        (labels, group) -> {
          BigDecimal amount =
              group.stream().map(Withdrawal::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
          samples.add(MetricFamily.OKX_WITHDRAWAL_AMOUNT, labels, amount.doubleValue());
          samples.add(MetricFamily.OKX_WITHDRAWAL_TIMESTAMP_SECONDS, labels, group.get(0).at());
        });
  }

  private static Labels labels(Labels user, Withdrawal withdrawal, @Nullable Flow flow) {
    Labels labels =
        user.add("stage", withdrawal.stage().label())
            .add("ccy", withdrawal.ccy())
            .add("time", TIME.format(withdrawal.at()));
    return flow == null ? labels : labels.add("flow_time", TIME.format(flow.at()));
  }

  /** Adds the prices of BTC and of what flowed or is being withdrawn; USDT is its own price. */
  static void addPrices(ScrapeSamples samples, View view) {
    Map<String, BigDecimal> prices = view.prices();
    if (prices.isEmpty()) {
      return;
    }
    Set<String> wanted = new TreeSet<>(Set.of("BTC", "USDT"));
    view.users().forEach(user -> addCcys(wanted, user.ledgers()));
    for (String ccy : wanted) {
      BigDecimal price = ccy.equals("USDT") ? BigDecimal.ONE : prices.get(ccy);
      if (price != null) {
        samples.add(
            MetricFamily.OKX_INDEX_PRICE,
            Labels.of("ccy", ccy, "quote", "USDT"),
            price.doubleValue());
      }
    }
  }

  private static void addCcys(Set<String> wanted, LedgersView ledgers) {
    if (ledgers.flows() != null) {
      ledgers.flows().flows().forEach(flow -> wanted.add(flow.ccy()));
    }
    ledgers.allWithdrawals().forEach(each -> wanted.add(each.ccy()));
  }
}
