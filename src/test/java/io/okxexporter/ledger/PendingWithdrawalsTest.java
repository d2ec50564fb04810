package io.okxexporter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingWithdrawalsTest {
  private final PendingWithdrawals withdrawals = new PendingWithdrawals(true);

  private static Withdrawal withdrawal(int id, Stage stage) {
    Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(id);
    return new Withdrawal("w" + id, at, "BTC", BigDecimal.ONE, stage);
  }

  private static List<Withdrawal> finalOnes(int from, int count) {
    List<Withdrawal> page = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      page.add(withdrawal(from + i, Stage.FINAL));
    }
    return page;
  }

  private List<String> pending() {
    return withdrawals.pending().stream().map(Withdrawal::id).toList();
  }

  @Test
  void those_that_are_not_final_are_pending() {
    withdrawals.begin();
    assertThat(withdrawals.next()).isEqualTo(PendingWithdrawals.NEWEST);
    withdrawals.page(
        List.of(
            withdrawal(3, Stage.CANCELLABLE),
            withdrawal(2, Stage.FINAL),
            withdrawal(1, Stage.IN_PROGRESS)));
    assertThat(withdrawals.next()).isNull();
    assertThat(pending()).containsExactly("w3", "w1");
  }

  @Test
  void one_that_newer_ones_pushed_off_the_page_is_requested_by_its_id() {
    withdrawals.begin();
    withdrawals.page(List.of(withdrawal(1, Stage.REVIEW)));
    withdrawals.begin();
    withdrawals.page(finalOnes(2, 100));
    assertThat(withdrawals.next()).isEqualTo("w1");
    withdrawals.page(List.of(withdrawal(1, Stage.IN_PROGRESS)));
    assertThat(withdrawals.next()).isNull();
    assertThat(pending()).containsExactly("w1");
    withdrawals.begin();
    withdrawals.page(finalOnes(2, 100));
    withdrawals.page(List.of(withdrawal(1, Stage.FINAL)));
    assertThat(pending()).isEmpty();
  }

  @Test
  void one_that_a_short_page_does_not_name_is_gone() {
    withdrawals.begin();
    withdrawals.page(List.of(withdrawal(1, Stage.REVIEW)));
    withdrawals.begin();
    withdrawals.page(List.of());
    assertThat(withdrawals.next()).isNull();
    assertThat(pending()).isEmpty();
  }

  @Test
  void a_round_that_fails_changes_nothing() {
    withdrawals.begin();
    withdrawals.page(List.of(withdrawal(1, Stage.REVIEW)));
    withdrawals.begin();
    withdrawals.page(finalOnes(2, 100));
    withdrawals.begin();
    assertThat(pending()).containsExactly("w1");
    assertThat(withdrawals.next()).isEqualTo(PendingWithdrawals.NEWEST);
  }
}
