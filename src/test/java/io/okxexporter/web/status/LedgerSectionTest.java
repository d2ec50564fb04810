package io.okxexporter.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.ledger.FlowSummary.Category;
import io.okxexporter.ledger.LedgerName;
import io.okxexporter.model.Flow;
import io.okxexporter.model.Flow.Direction;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import io.okxexporter.store.LedgerView;
import io.okxexporter.store.LedgersView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerSectionTest {
  private static final Instant AT = Views.AT;
  private static final Map<Category, Integer> KNOWN =
      Stream.of(FlowKind.values())
          .flatMap(
              kind -> Stream.of(Direction.values()).map(direction -> new Category(kind, direction)))
          .collect(Collectors.toMap(category -> category, category -> 0));

  private final Map<LedgerName, LedgerView> ledgers = new EnumMap<>(LedgerName.class);

  private String text(@Nullable FlowSummary flows, Map<LedgerName, List<Withdrawal>> pending) {
    String html = new LedgerSection(AT, new LedgersView(ledgers, flows, pending)).html();
    return html.replaceAll("<[^>]*>", "").strip();
  }

  private void read(LedgerName ledger) {
    ledgers.put(ledger, new LedgerView(Duration.ofSeconds(30), AT.minusSeconds(12), 0, null));
  }

  private void failing(LedgerName ledger, Reason reason, @Nullable String code) {
    ledgers.put(
        ledger,
        new LedgerView(
            Duration.ofSeconds(30),
            null,
            0,
            Failure.answered(reason, code, "Your IP 203.0.113.77", Duration.ZERO)));
  }

  private static Flow flow(FlowKind kind, Direction direction, Duration ago) {
    return new Flow(kind, direction, "BTC", AT.minus(ago), new BigDecimal("31415926"));
  }

  private static Withdrawal withdrawal(Stage stage) {
    return new Withdrawal("1", AT, "BTC", new BigDecimal("27182818"), BigDecimal.ZERO, stage);
  }

  @Test
  void without_ledgers_there_is_nothing() {
    assertThat(text(null, Map.of())).isEmpty();
  }

  @Test
  void flows_of_a_day_and_pending_withdrawals_are_counted_without_amounts() {
    for (LedgerName ledger : LedgerName.values()) {
      read(ledger);
    }
    FlowSummary flows =
        new FlowSummary(
            List.of(
                flow(FlowKind.DEPOSIT, Direction.IN, Duration.ofHours(1)),
                flow(FlowKind.SUB_ACCOUNT, Direction.OUT, Duration.ofHours(2)),
                flow(FlowKind.DEPOSIT, Direction.IN, Duration.ofHours(3)),
                flow(FlowKind.WITHDRAWAL, Direction.OUT, Duration.ofHours(25))),
            KNOWN,
            Map.of());
    Map<LedgerName, List<Withdrawal>> pending =
        Map.of(
            LedgerName.WITHDRAWALS,
            List.of(withdrawal(Stage.CANCELLABLE)),
            LedgerName.FIAT,
            List.of(withdrawal(Stage.IN_PROGRESS)));
    assertThat(text(flows, pending))
        .isEqualTo(
            "Last 24 h: 2 × deposit in, 1 × sub-account out · pending withdrawals: 1 cancellable,"
                + " 1 in progress · ledger read 12 s ago");
  }

  @Test
  void what_is_unknown_is_never_none() {
    ledgers.put(LedgerName.FUNDING, new LedgerView(Duration.ofSeconds(30), null, 0, null));
    ledgers.put(LedgerName.WITHDRAWALS, new LedgerView(Duration.ofSeconds(5), null, 0, null));
    assertThat(text(null, Map.of()))
        .isEqualTo("Last 24 h: ledger is still being read · pending withdrawals: unknown");
    read(LedgerName.FUNDING);
    read(LedgerName.WITHDRAWALS);
    assertThat(
            text(
                new FlowSummary(List.of(), Map.of(), Map.of()),
                Map.of(LedgerName.WITHDRAWALS, List.of())))
        .startsWith(
            "Last 24 h: nothing known to have come or left · pending withdrawals: none, those to banks unknown");
  }

  @Test
  void counts_that_may_miss_some_are_at_least() {
    read(LedgerName.FUNDING);
    FlowSummary flows =
        new FlowSummary(
            List.of(flow(FlowKind.DEPOSIT, Direction.IN, Duration.ofHours(1))), KNOWN, Map.of());
    assertThat(text(flows.withoutCountsOf(FlowKind.SUB_ACCOUNT), Map.of()))
        .startsWith("Last 24 h: at least 1 × deposit in · ");
  }

  @Test
  void a_ledger_that_cannot_be_read_says_why_without_the_address() {
    failing(LedgerName.FUNDING, Reason.WRONG_ENVIRONMENT, "50038");
    assertThat(text(null, Map.of()))
        .startsWith("Last 24 h: unknown · ")
        .contains("Ledger funding cannot be read: wrong_environment 50038; last read never")
        .doesNotContain("203.0.113.77");
  }

  @Test
  void a_sub_account_has_no_withdrawals() {
    read(LedgerName.FUNDING);
    assertThat(text(new FlowSummary(List.of(), KNOWN, Map.of()), Map.of()))
        .contains("nothing came or left", "none, as a sub-account has none");
  }
}
