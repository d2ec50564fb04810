package io.okxexporter.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.okxexporter.ledger.WithdrawalHistory.WithdrawalQuery;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithdrawalHistoryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private final WithdrawalHistory withdrawals = new WithdrawalHistory(true);

  private static Withdrawal withdrawal(int id, Stage stage) {
    Instant at = NOW.minus(Duration.ofDays(1)).plusSeconds(id);
    return new Withdrawal("w" + id, at, "BTC", BigDecimal.ONE, BigDecimal.ZERO, stage);
  }

  private static List<Withdrawal> finalOnes(int from, int count) {
    List<Withdrawal> page = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      page.add(withdrawal(from + i, Stage.DONE));
    }
    return page;
  }

  private List<String> pending() {
    return withdrawals.withdrawals().stream()
        .filter(Withdrawal::isPending)
        .map(Withdrawal::id)
        .toList();
  }

  @Test
  void those_that_are_not_final_are_pending() {
    withdrawals.begin(NOW);
    assertThat(withdrawals.next()).isEqualTo(WithdrawalQuery.NEWEST);
    withdrawals.page(
        List.of(
            withdrawal(3, Stage.CANCELLABLE),
            withdrawal(2, Stage.DONE),
            withdrawal(1, Stage.IN_PROGRESS)));
    assertThat(withdrawals.next()).isNull();
    assertThat(pending()).containsExactly("w3", "w1");
  }

  @Test
  void one_that_newer_ones_pushed_off_the_page_is_requested_by_its_id() {
    withdrawals.begin(NOW);
    withdrawals.page(List.of(withdrawal(1, Stage.REVIEW)));
    withdrawals.begin(NOW);
    withdrawals.page(finalOnes(2, 100));
    assertThat(withdrawals.next()).isEqualTo(new WithdrawalQuery("w1", null));
    withdrawals.page(List.of(withdrawal(1, Stage.IN_PROGRESS)));
    assertThat(withdrawals.next()).isNull();
    assertThat(pending()).containsExactly("w1");
    withdrawals.begin(NOW);
    withdrawals.page(finalOnes(2, 100));
    withdrawals.page(List.of(withdrawal(1, Stage.DONE)));
    assertThat(pending()).isEmpty();
  }

  @Test
  void after_a_start_older_pages_are_read_until_they_are_older_than_flows() {
    withdrawals.begin(NOW);
    withdrawals.page(newestFirst(finalOnes(301, 100)));
    Instant before = withdrawal(301, Stage.DONE).at().plusMillis(1);
    assertThat(withdrawals.next()).isEqualTo(new WithdrawalQuery(null, before));
    List<Withdrawal> second = newestFirst(finalOnes(202, 100));
    second.set(42, withdrawal(259, Stage.REVIEW));
    withdrawals.page(second);
    withdrawals.page(newestFirst(finalOnes(-4 * 86_400, 100)));
    assertThat(withdrawals.next()).isNull();
    assertThat(pending()).containsExactly("w259");
    withdrawals.begin(NOW);
    withdrawals.page(newestFirst(finalOnes(302, 100)));
    assertThat(withdrawals.next()).isEqualTo(new WithdrawalQuery("w259", null));
  }

  @Test
  void a_page_that_is_repeated_ends_the_round() {
    withdrawals.begin(NOW);
    withdrawals.page(newestFirst(finalOnes(1, 100)));
    withdrawals.page(newestFirst(finalOnes(1, 100)));
    assertThat(withdrawals.next()).isNull();
  }

  private static List<Withdrawal> newestFirst(List<Withdrawal> page) {
    Collections.reverse(page);
    return page;
  }

  @Test
  void one_that_a_short_page_does_not_name_is_gone() {
    withdrawals.begin(NOW);
    withdrawals.page(List.of(withdrawal(1, Stage.REVIEW)));
    withdrawals.begin(NOW);
    withdrawals.page(List.of());
    assertThat(withdrawals.next()).isNull();
    assertThat(pending()).isEmpty();
  }

  @Test
  void one_that_is_final_is_known_as_long_as_flows() {
    withdrawals.begin(NOW);
    withdrawals.page(
        List.of(
            withdrawal(2, Stage.CANCELLED),
            withdrawal(1, Stage.DONE),
            withdrawal(-3 * 86_400, Stage.DONE)));
    assertThat(withdrawals.withdrawals())
        .extracting(Withdrawal::id, Withdrawal::stage)
        .containsExactly(tuple("w2", Stage.CANCELLED), tuple("w1", Stage.DONE));
    withdrawals.begin(NOW);
    withdrawals.page(finalOnes(3, 100));
    assertThat(withdrawals.withdrawals()).hasSize(102);
    withdrawals.begin(NOW.plus(Duration.ofDays(3)));
    withdrawals.page(List.of());
    assertThat(withdrawals.withdrawals()).isEmpty();
  }

  @Test
  void a_round_that_fails_changes_nothing() {
    withdrawals.begin(NOW);
    withdrawals.page(List.of(withdrawal(1, Stage.REVIEW)));
    withdrawals.begin(NOW);
    withdrawals.page(finalOnes(2, 100));
    withdrawals.begin(NOW);
    assertThat(pending()).containsExactly("w1");
    assertThat(withdrawals.next()).isEqualTo(WithdrawalQuery.NEWEST);
  }
}
