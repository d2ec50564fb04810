package io.okxexporter.web.status;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.Flow;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.store.LedgerView;
import io.okxexporter.store.LedgersView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ledgers of a user's card: what came and left, as counts without amounts. */
final class LedgerSection {
  private static final Duration DAY = Duration.ofDays(1);

  private final Instant at;
  private final LedgersView ledgers;

  LedgerSection(Instant at, LedgersView ledgers) {
    this.at = at;
    this.ledgers = ledgers;
  }

  /** Renders the section; empty if no ledger is read. */
  String html() {
    if (ledgers.ledgers().isEmpty()) {
      return "";
    }
    return "<p class=\"about\">Last 24 h: %s · pending withdrawals: %s%s</p>\n%s"
        .formatted(flows(), pending(), readUntil(), failures());
  }

  private String flows() {
    FlowSummary flows = ledgers.flows();
    if (flows == null) {
      return failing(LedgerName.FUNDING) ? "unknown" : "ledger is still being read";
    }
    Map<String, Integer> counts = new TreeMap<>();
    flows.flows().stream()
        .filter(flow -> flow.at().isAfter(at.minus(DAY)))
        .forEach(flow -> counts.merge(words(flow), 1, Integer::sum));
    if (counts.isEmpty()) {
      return flows.isComplete() ? "nothing came or left" : "nothing known to have come or left";
    }
    return (flows.isComplete() ? "" : "at least ")
        + counts.entrySet().stream()
            .map(count -> count.getValue() + " × " + count.getKey())
            .collect(joining(", "));
  }

  private String readUntil() {
    LedgerView funding = ledgers.ledgers().get(LedgerName.FUNDING);
    Instant read = funding == null ? null : funding.lastSuccess();
    return read == null ? "" : " · ledger read " + HumanDuration.ago(Duration.between(read, at));
  }

  private boolean failing(LedgerName ledger) {
    LedgerView view = ledgers.ledgers().get(ledger);
    return view != null && view.failing() != null;
  }

  private static String words(Flow flow) {
    return flow.kind().label().replace('_', '-') + " " + flow.direction().label();
  }

  private String pending() {
    if (!ledgers.withdrawals().containsKey(LedgerName.WITHDRAWALS)) {
      return ledgers.ledgers().containsKey(LedgerName.WITHDRAWALS)
          ? "unknown"
          : "none, as a sub-account has none";
    }
    Map<Withdrawal.Stage, List<Withdrawal>> stages =
        ledgers
            .allWithdrawals()
            .filter(Withdrawal::isPending)
            .collect(groupingBy(Withdrawal::stage, TreeMap::new, toList()));
    String unknown = ledgers.knowsFiat() ? "" : ", those to banks unknown";
    if (stages.isEmpty()) {
      return "none" + unknown;
    }
    return stages.entrySet().stream()
        .map(
            stage ->
                "<b>%d %s</b>"
                    .formatted(stage.getValue().size(), stage.getKey().label().replace('_', ' ')))
        .collect(joining(", "));
  }

  private String failures() {
    return ledgers.ledgers().entrySet().stream()
        .map(ledger -> failure(ledger.getKey(), ledger.getValue()))
        .collect(joining());
  }

  private String failure(LedgerName name, LedgerView ledger) {
    Failure<?> failing = ledger.failing();
    if (failing == null) {
      return "";
    }
    Instant read = ledger.lastSuccess();
    return "<p class=\"about\">Ledger %s cannot be read: %s%s; last read %s</p>\n"
        .formatted(
            name.label(),
            failing.reason().label(),
            failing.code() == null ? "" : " " + Html.escape(failing.code()),
            read == null ? "never" : HumanDuration.ago(Duration.between(read, at)));
  }
}
