package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class PollLogTest {
  private static final User USER = Users.user("main", "USDT", "XYZ");
  private static final String FAILED = "valuation request failed";
  private static final String AGAIN = "valuation requests recovered";
  private static final String SUMMARY =
      "msg=\"valuation requests keep failing and recovering; each outage is logged at debug\""
          + " users=1 outages=21 minutes=10";
  private static final String UNITS_AGAIN = "all units accepted again";

  private final CapturedLog log = new CapturedLog(Level.INFO);
  private final VirtualTime time = new VirtualTime(Instant.EPOCH);
  private final PollLog pollLog = new PollLog(time);

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

  @Test
  void of_a_user_that_flaps_the_first_outages_are_logged_then_sums_and_at_last_the_end() {
    flapEvery15s(100);
    assertThat(messages().subList(0, 6))
        .containsExactly(FAILED, AGAIN, FAILED, AGAIN, FAILED, AGAIN);
    assertThat(lines().skip(6)).hasSize(4).allMatch(line -> line.endsWith(SUMMARY));
    time.advance(Flapping.WINDOW);
    succeeds("USDT");
    assertThat(lines().skip(10))
        .singleElement()
        .asString()
        .endsWith("msg=\"" + AGAIN + "\" user=main outages=97");
    fails("USDT", Reason.NETWORK);
    assertThat(messages()).last().isEqualTo(FAILED);
  }

  @Test
  void an_outage_that_stays_is_logged_although_its_user_flapped() {
    flapEvery15s(5);
    fails("USDT", Reason.NETWORK);
    int before = messages().size();
    time.advance(Flapping.WINDOW);
    fails("USDT", Reason.NETWORK);
    fails("USDT", Reason.NETWORK);
    assertThat(messages().subList(before, messages().size())).containsOnlyOnce(FAILED);
    succeeds("USDT");
    assertThat(messages()).last().isEqualTo(AGAIN);
  }

  @Test
  void a_flapping_exchange_writes_few_lines_however_many_users_it_has() {
    for (int flap = 0; flap < 240; flap++) {
      time.advance(Duration.ofSeconds(15));
      for (int user = 0; user < 100; user++) {
        User one = Users.user("user" + user, "USDT");
        pollLog.valued(one, "USDT", flap % 2 == 0 ? failure(Reason.NETWORK) : success("USDT"));
      }
    }
    assertThat(messages()).hasSizeLessThan(100 * 2 * Flapping.LOGGED_OUTAGES + 7);
  }

  /** The last line about a user that is well, or ill, for long says so. */
  @Property
  void however_a_user_flapped_the_log_ends_with_its_state(
      @ForAll List<Boolean> polls, @ForAll boolean failsAtLast) {
    VirtualTime ofTry = new VirtualTime(Instant.EPOCH);
    PollLog tried = new PollLog(ofTry);
    boolean failed = failsAtLast;
    try (CapturedLog lines = new CapturedLog(Level.INFO)) {
      for (boolean fails : polls) {
        failed |= fails;
        poll(tried, ofTry, fails);
      }
      for (int i = 0; i < 42; i++) {
        poll(tried, ofTry, failsAtLast);
      }
      List<String> states =
          messages(lines).stream().filter(it -> it.equals(FAILED) || it.equals(AGAIN)).toList();
      if (failed) {
        assertThat(states).last().isEqualTo(failsAtLast ? FAILED : AGAIN);
      } else {
        assertThat(states).isEmpty();
      }
    }
  }

  private static void poll(PollLog pollLog, VirtualTime time, boolean fails) {
    time.advance(Duration.ofSeconds(15));
    pollLog.valued(USER, "USDT", fails ? failure(Reason.TIMEOUT) : success("USDT"));
  }

  private void flapEvery15s(int outages) {
    for (int i = 0; i < outages; i++) {
      poll(pollLog, time, true);
      poll(pollLog, time, false);
    }
  }

  private static Outcome<Valuation> failure(Reason reason) {
    return Outcome.Failure.answered(reason, null, "detail", Duration.ZERO);
  }

  private void fails(String ccy, Reason reason) {
    pollLog.valued(USER, ccy, failure(reason));
  }

  private void succeeds(String ccy) {
    pollLog.valued(USER, ccy, success(ccy));
  }

  private static Outcome<Valuation> success(String ccy) {
    return new Outcome.Success<>(new Valuation(ccy, BigDecimal.ONE, Map.of(), null));
  }

  private Stream<String> lines() {
    return log.text().lines();
  }

  private List<String> messages() {
    return messages(log);
  }

  private static List<String> messages(CapturedLog log) {
    return log.text()
        .lines()
        .map(line -> line.replaceFirst(".* msg=\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
