package io.okxexporter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Flow;
import io.okxexporter.model.Flow.Direction;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WithdrawalFlowsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Withdrawal withdrawal(String id, int second, String amount) {
    return new Withdrawal(
        id,
        START.plusSeconds(second),
        "BTC",
        new BigDecimal(amount),
        new BigDecimal("0.0005"),
        Stage.DONE);
  }

  private static Flow out(FlowKind kind, int second, String amount) {
    return new Flow(kind, Direction.OUT, "BTC", START.plusSeconds(second), new BigDecimal(amount));
  }

  private static Map<String, Long> pair(List<Withdrawal> withdrawals, Flow... flows) {
    return WithdrawalFlows.pair(withdrawals, List.of(flows)).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                pair -> pair.getValue().at().getEpochSecond() - START.getEpochSecond()));
  }

  @Test
  void a_bill_has_the_amount_with_or_without_the_fee_and_comes_at_the_request_or_later() {
    assertThat(pair(List.of(withdrawal("a", 0, "1")), out(FlowKind.WITHDRAWAL, 0, "1.0005")))
        .containsEntry("a", 0L);
    assertThat(pair(List.of(withdrawal("a", 0, "1")), out(FlowKind.USER, 900, "1.0")))
        .containsEntry("a", 900L);
    assertThat(pair(List.of(withdrawal("a", 0, "1")), out(FlowKind.FIAT, -2, "1")))
        .containsEntry("a", -2L);
  }

  @Test
  void what_differs_is_another_one() {
    List<Withdrawal> withdrawals = List.of(withdrawal("a", 0, "1"));
    Instant at = START.plusSeconds(5);
    assertThat(
            pair(
                withdrawals,
                out(FlowKind.WITHDRAWAL, 5, "1.0004"),
                out(FlowKind.WITHDRAWAL, -11, "1"),
                out(FlowKind.OTHER, 5, "1"),
                out(FlowKind.SUB_ACCOUNT, 5, "1"),
                new Flow(FlowKind.WITHDRAWAL, Direction.OUT, "ETH", at, BigDecimal.ONE),
                new Flow(FlowKind.WITHDRAWAL, Direction.IN, "BTC", at, BigDecimal.ONE)))
        .isEmpty();
  }

  @Test
  void equal_ones_take_a_flow_each_in_their_order() {
    assertThat(
            pair(
                List.of(
                    withdrawal("c", 120, "1"), withdrawal("b", 60, "1"), withdrawal("a", 0, "1")),
                out(FlowKind.WITHDRAWAL, 130, "1"),
                out(FlowKind.WITHDRAWAL, 70, "1")))
        .isEqualTo(Map.of("a", 70L, "b", 130L));
  }
}
