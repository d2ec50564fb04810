package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Endpoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScriptedLedgerTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BILLS = Endpoint.ASSET_BILLS.path();

  private final List<SimulatedUser> users = SimulatedUser.named(2, new SplittableRandom(1));
  private final SimulatedUser main = users.get(0);
  private final SimulatedUser sub = users.get(1);
  private final ScriptedExchange exchange = new ScriptedExchange(users, 7, START);
  private final ScriptedLedger ledger = exchange.ledgers().of(main.uid());

  private long nanos;

  @Test
  void a_scripted_ledger_replaces_that_of_its_user_alone() throws JsonProcessingException {
    assertThat(data(main, BILLS, START)).isEmpty();
    assertThat(data(main, Endpoint.WITHDRAWAL_HISTORY.path(), START)).isEmpty();
    assertThat(data(sub, BILLS, START)).isNotEmpty();
    assertThat(data(main, Client.VALUATION, START)).isNotEmpty();
  }

  @Test
  void bills_of_any_type_and_sign_are_shown_as_written() throws JsonProcessingException {
    ledger.add(bill("1", 0, "-5.50", "999"));
    ledger.add(bill("2", 1, "20", "2"));
    assertThat(data(main, BILLS, START).toString())
        .isEqualTo(
            "[{\"billId\":\"2\",\"ccy\":\"USDT\",\"clientId\":\"\",\"balChg\":\"20\","
                + "\"bal\":\"14.5\",\"type\":\"2\",\"ts\":\"1795345200124\",\"notes\":\"\"},"
                + "{\"billId\":\"1\",\"ccy\":\"USDT\",\"clientId\":\"\",\"balChg\":\"-5.5\","
                + "\"bal\":\"-5.5\",\"type\":\"999\",\"ts\":\"1795345200123\",\"notes\":\"\"}]");
  }

  @Test
  void a_late_bill_appears_behind_newer_ones() throws JsonProcessingException {
    ledger.add(bill("1", 0, "1", "1"), START.plusSeconds(60));
    ledger.add(bill("2", 1, "1", "1"));
    assertThat(ids(BILLS, START.plusSeconds(59))).containsExactly("2");
    assertThat(ids(BILLS, START.plusSeconds(60))).containsExactly("2", "1");
  }

  @Test
  void a_bill_may_be_there_twice_and_more_than_a_page_in_one_millisecond()
      throws JsonProcessingException {
    for (int i = 0; i <= 100; i++) {
      ledger.add(bill(Integer.toString(i), 0, "1", "1"));
    }
    ledger.add(bill("100", 0, "1", "1"));
    assertThat(ids(BILLS, START)).hasSize(100).startsWith("100", "100", "99").endsWith("2");
    assertThat(ids(BILLS + "?after=" + (START.toEpochMilli() - 3_600_000), START)).isEmpty();
  }

  @Test
  void pages_may_overlap() throws JsonProcessingException {
    for (int i = 0; i < 6; i++) {
      ledger.add(bill(Integer.toString(i), i, "1", "1"));
    }
    ledger.overlap(2);
    assertThat(ids(BILLS + "?limit=3", START)).containsExactly("5", "4", "3");
    String after = "&after=" + bill("3", 3, "1", "1").at().toEpochMilli();
    assertThat(ids(BILLS + "?limit=3" + after, START)).containsExactly("4", "3", "2");
  }

  @Test
  void a_ledger_may_forget() throws JsonProcessingException {
    ledger.add(bill("1", 0, "1", "1"));
    ledger.add(bill("2", 1, "1", "1"));
    ledger.memory(Duration.ofHours(1));
    assertThat(ids(BILLS, START)).containsExactly("2", "1");
    assertThat(ids(BILLS, START.plusMillis(1))).containsExactly("2");
    ledger.memory(null);
    assertThat(ids(BILLS, START.plusMillis(1))).containsExactly("2", "1");
  }

  @Test
  void a_ledger_may_be_refused_and_readable_again() throws JsonProcessingException {
    ledger.refuse(BILLS, "50038");
    assertThat(Client.text(respond(main, BILLS, START))).contains("\"code\":\"50038\"");
    assertThat(data(main, Endpoint.WITHDRAWAL_HISTORY.path(), START)).isEmpty();
    ledger.refuse(BILLS, null);
    assertThat(Client.text(respond(main, BILLS, START))).contains("\"code\":\"0\"");
  }

  @Test
  void custody_bills_are_for_requests_for_their_provider_1_by_default()
      throws JsonProcessingException {
    ledger.addCustody(bill("1", 0, "1", "287"), "1");
    ledger.addCustody(bill("2", 0, "1", "287"), "2");
    ledger.add(bill("3", 0, "1", "1"));
    assertThat(ids(BILLS, START)).containsExactly("3", "1");
    assertThat(ids(BILLS + "?thirdPartyType=2", START)).containsExactly("3", "2");
  }

  @Test
  void each_half_of_a_transfer_is_stated_when_its_ledger_gets_to_it()
      throws JsonProcessingException {
    ScriptedLedgers ledgers = exchange.ledgers();
    ledgers.transfer(
        START,
        "BTC",
        new BigDecimal("0.5"),
        Optional.of(new ScriptedLedgers.Half(main.uid(), "20", Duration.ZERO)),
        Optional.of(new ScriptedLedgers.Half(sub.uid(), "23", Duration.ofMinutes(20))));
    assertThat(data(main, BILLS, START).findValuesAsText("balChg")).containsExactly("-0.5");
    assertThat(data(sub, BILLS, START.plusSeconds(1_199))).isEmpty();
    JsonNode late = data(sub, BILLS, START.plusSeconds(1_200));
    assertThat(late.findValuesAsText("balChg")).containsExactly("0.5");
    assertThat(late.findValuesAsText("type")).containsExactly("23");
    assertThat(late.findValuesAsText("ts")).containsExactly("1795348800123");
  }

  @Test
  void a_transfer_from_a_trading_account_leaves_a_bill_at_its_other_end_only()
      throws JsonProcessingException {
    exchange
        .ledgers()
        .transfer(
            START,
            "BTC",
            BigDecimal.ONE,
            Optional.empty(),
            Optional.of(new ScriptedLedgers.Half(sub.uid(), "23", Duration.ZERO)));
    assertThat(data(main, BILLS, START)).isEmpty();
    assertThat(data(sub, BILLS, START).findValuesAsText("balChg")).containsExactly("1");
  }

  @Test
  void a_withdrawal_goes_through_its_states() throws JsonProcessingException {
    TreeMap<Instant, String> states =
        new TreeMap<>(Map.of(START, "17", START.plusSeconds(5), "1", START.plusSeconds(9), "-1"));
    ledger.addWithdrawal("77", "DOGE", new BigDecimal("12.5"), states);
    String path = Endpoint.WITHDRAWAL_HISTORY.path() + "?wdId=77";
    assertThat(data(main, path, START.minusMillis(1))).isEmpty();
    assertThat(states(path, START)).containsExactly("17");
    assertThat(states(path, START.plusMillis(8_999))).containsExactly("1");
    assertThat(states(path, START.plusSeconds(9))).containsExactly("-1");
    assertThat(data(main, path, START).findValuesAsText("amt")).containsExactly("12.5");
  }

  @Test
  void a_withdrawal_to_a_bank_goes_through_its_states() throws JsonProcessingException {
    TreeMap<Instant, String> states =
        new TreeMap<>(Map.of(START, "pending", START.plusSeconds(5), "completed"));
    ledger.addFiatWithdrawal("124", "EUR", new BigDecimal("100"), states);
    String path = Endpoint.FIAT_WITHDRAWALS.path();
    assertThat(data(main, path, START.minusMillis(1))).isEmpty();
    assertThat(states(path, START)).containsExactly("pending");
    assertThat(states(path, START.plusSeconds(5))).containsExactly("completed");
  }

  /** A bill of an hour before the start. */
  private static Bill bill(String id, int millis, String change, String type) {
    Instant at = START.minusSeconds(3_600).plusMillis(millis);
    return new Bill(id, at, "USDT", new BigDecimal(change), type);
  }

  private List<String> ids(String target, Instant now) throws JsonProcessingException {
    return data(main, target, now).findValuesAsText("billId");
  }

  private List<String> states(String target, Instant now) throws JsonProcessingException {
    return data(main, target, now).findValuesAsText("state");
  }

  private JsonNode data(SimulatedUser user, String target, Instant now)
      throws JsonProcessingException {
    return JSON.readTree(Client.text(respond(user, target, now))).get("data");
  }

  /** Responds at a distance from earlier arrivals that every limit admits. */
  private SimulatedResponse respond(SimulatedUser user, String target, Instant now) {
    nanos += 10_000_000_000L;
    return exchange.respond(nanos, now, Client.get(user, target, now));
  }
}
