package io.okxexporter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerPlanTest {
  private static final Duration WANTED = Duration.ofSeconds(30);

  @Test
  void few_users_are_read_as_configured_and_their_withdrawals_every_five_seconds() {
    LedgerPlan plan = LedgerPlan.of(WANTED, 150, 0.13, 1, 1, true);
    assertThat(plan.of(LedgerName.FUNDING, false)).isEqualTo(WANTED);
    assertThat(plan.of(LedgerName.TRADING, false)).isEqualTo(Duration.ofMinutes(1));
    assertThat(plan.of(LedgerName.SUBACCOUNT, false)).isEqualTo(Duration.ofMinutes(1));
    assertThat(plan.of(LedgerName.WITHDRAWALS, false)).isEqualTo(Duration.ofSeconds(5));
    assertThat(plan.of(LedgerName.FIAT, false)).isEqualTo(Duration.ofMinutes(5));
    assertThat(plan.of(LedgerName.FIAT, true)).isEqualTo(WANTED);
  }

  /** Two units at 15 s, all main accounts, at the default limit. */
  @ParameterizedTest
  @CsvSource({"500,30,10", "750,39,39", "5000,260,260"})
  void many_users_are_read_as_often_as_there_is_room(int users, double ledger, double withdrawals) {
    LedgerPlan plan = LedgerPlan.of(WANTED, 150, users * 2 / 15.0, users, users, false);
    assertThat(plan.interval().toMillis() / 1e3).isEqualTo(ledger);
    assertThat(plan.withdrawals().toMillis() / 1e3).isBetween(5.0, withdrawals);
  }

  /** 2,000 requests of first rounds fit into half a minute beside those of withdrawals. */
  @Test
  void first_rounds_of_many_users_are_not_crowded_out_by_withdrawals() {
    LedgerPlan plan = LedgerPlan.of(WANTED, 150, 500 * 2 / 15.0, 500, 500, true);
    assertThat(plan.withdrawals()).isEqualTo(Duration.ofSeconds(24));
  }

  @Test
  void requests_fit_into_what_is_available() {
    for (int users = 1; users < 10_000; users = users * 3 / 2 + 1) {
      for (int mains : new int[] {0, users / 2, users}) {
        double valuations = users * 2 / 15.0;
        LedgerPlan plan = LedgerPlan.of(WANTED, 150, valuations, users, mains, false);
        double perSecond =
            users * 1e3 / plan.interval().toMillis()
                + mains * 1e3 / plan.withdrawals().toMillis()
                + mains * 1e2 / plan.interval().toMillis()
                + users * 5e2 / plan.interval().toMillis();
        assertThat(perSecond).isLessThanOrEqualTo(Math.max(50, 150 - valuations) + 1e-6);
        assertThat(plan.withdrawals()).isBetween(Duration.ofSeconds(5), plan.interval());
      }
    }
  }
}
