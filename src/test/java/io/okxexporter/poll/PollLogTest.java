package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class PollLogTest {
  private static final User USER = Users.user("main", "USDT", "XYZ");
  private static final String FAILED = "valuation request failed";
  private static final String AGAIN = "valuation requests recovered";
  private static final String UNITS_AGAIN = "all units accepted again";

  private final CapturedLog log = new CapturedLog(Level.INFO);
  private final PollLog pollLog = new PollLog();

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void an_outage_ends_with_the_last_of_its_units() {
    fails("USDT", Reason.NETWORK);
    fails("XYZ", Reason.NETWORK);
    succeeds("USDT");
    succeeds("USDT");
    assertThat(messages()).containsExactly(FAILED);
    succeeds("XYZ");
    succeeds("USDT");
    assertThat(messages()).containsExactly(FAILED, AGAIN);
  }

  @Test
  void a_unit_that_okx_does_not_take_does_not_hide_the_end_of_an_outage() {
    fails("XYZ", Reason.BAD_REQUEST);
    fails("USDT", Reason.NETWORK);
    fails("XYZ", Reason.NETWORK);
    fails("XYZ", Reason.BAD_REQUEST);
    assertThat(messages()).containsExactly(FAILED, FAILED);
    succeeds("USDT");
    assertThat(messages()).containsExactly(FAILED, FAILED, AGAIN);
  }

  @Test
  void that_okx_takes_a_unit_again_is_said_and_so_is_the_next_refusal() {
    fails("XYZ", Reason.BAD_REQUEST);
    succeeds("USDT");
    assertThat(messages()).containsExactly(FAILED);
    succeeds("XYZ");
    fails("XYZ", Reason.BAD_REQUEST);
    assertThat(messages()).containsExactly(FAILED, UNITS_AGAIN, FAILED);
  }

  @Test
  void a_unit_that_is_configured_no_longer_ends_nothing_too_late() {
    fails("USDT", Reason.NETWORK);
    fails("XYZ", Reason.NETWORK);
    User less = Users.user("main", "USDT");
    pollLog.valued(less, "USDT", success("USDT"));
    assertThat(messages()).containsExactly(FAILED, AGAIN);
  }

  private void fails(String ccy, Reason reason) {
    pollLog.valued(USER, ccy, Outcome.Failure.answered(reason, null, "detail", Duration.ZERO));
  }

  private void succeeds(String ccy) {
    pollLog.valued(USER, ccy, success(ccy));
  }

  private static Outcome<Valuation> success(String ccy) {
    return new Outcome.Success<>(new Valuation(ccy, BigDecimal.ONE, Map.of(), null));
  }

  private List<String> messages() {
    return log.text()
        .lines()
        .map(line -> line.replaceFirst(".* msg=\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
