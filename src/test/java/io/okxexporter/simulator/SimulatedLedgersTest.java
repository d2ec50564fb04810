package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedLedgersTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final Instant MONTH_LATER = START.plus(Duration.ofDays(40));
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String BILLS = "/api/v5/asset/bills";
  private static final String WITHDRAWALS = "/api/v5/asset/withdrawal-history";
  private static final String DEPOSITS = "/api/v5/asset/deposit-history";
  private static final String BALANCES = "/api/v5/asset/balances";
  private static final String TRADING = "/api/v5/account/balance";
  private static final String FIAT = "/api/v5/fiat/withdrawal-order-history";
  private static final String TICKERS = "/api/v5/market/index-tickers?quoteCcy=USDT";

  private final SimulatedUser user = SimulatedUser.unnamed(new SplittableRandom(1));
  private final SimulatedUser demo =
      Keys.inDemo(SimulatedUser.named(1, new SplittableRandom(2)).get(0));
  private final SimulatedExchange exchange = new SimulatedExchange(List.of(user, demo), 7, START);

  private long nanos;

  @Test
  void a_bill_has_the_fields_of_okx() throws JsonProcessingException {
    JsonNode bill = data(BILLS, START).get(0);
    assertThat(bill.fieldNames())
        .toIterable()
        .containsExactly("billId", "ccy", "clientId", "balChg", "bal", "type", "ts", "notes");
    assertThat(bill.get("billId").asText()).matches("\\d{16}");
    assertThat(bill.get("ts").asText()).matches("\\d{13}");
  }

  @Test
  void bills_are_paged_by_time_newest_first_without_a_gap() throws JsonProcessingException {
    List<String> paged = new ArrayList<>();
    String after = "";
    JsonNode page = data(BILLS + "?limit=7", MONTH_LATER);
    while (!page.isEmpty() && paged.size() < 1_000) {
      assertThat(page.size()).isLessThanOrEqualTo(7);
      page.forEach(bill -> paged.add(bill.get("billId").asText()));
      after = page.get(page.size() - 1).get("ts").asText();
      page = data(BILLS + "?limit=7&after=" + after, MONTH_LATER);
    }
    assertThat(paged).hasSizeBetween(101, 999).isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(paged.subList(0, 100)).isEqualTo(ids(data(BILLS, MONTH_LATER)));
    assertThat(ids(data(BILLS + "?limit=500", MONTH_LATER))).hasSize(100);
  }

  @Test
  void before_selects_newer_bills_and_neither_bound_is_included() throws JsonProcessingException {
    JsonNode all = data(BILLS, START);
    String newest = all.get(0).get("ts").asText();
    String third = all.get(2).get("ts").asText();
    assertThat(ids(data(BILLS + "?before=" + third + "&after=" + newest, START)))
        .isEqualTo(List.of(ids(all).get(1)));
    assertThat(data(BILLS + "?before=" + newest, START)).isEmpty();
  }

  @Test
  void a_bill_is_forgotten_after_a_month() throws JsonProcessingException {
    JsonNode page = data(BILLS, START.plus(Duration.ofDays(30)));
    String from = Long.toString(START.toEpochMilli());
    assertThat(data(BILLS + "?after=" + from, START)).isNotEmpty();
    assertThat(data(BILLS + "?after=" + from, START.plus(Duration.ofDays(30)))).isEmpty();
    assertThat(page).isNotEmpty();
  }

  @Test
  void type_and_currency_filter_and_a_custody_provider_changes_nothing()
      throws JsonProcessingException {
    JsonNode deposits = data(BILLS + "?type=1&ccy=USDT", MONTH_LATER);
    assertThat(deposits).isNotEmpty();
    assertThat(deposits.findValuesAsText("type")).containsOnly("1");
    assertThat(deposits.findValuesAsText("ccy")).containsOnly("USDT");
    assertThat(data(BILLS + "?thirdPartyType=2", START)).isEqualTo(data(BILLS, START));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=x", "after=x", "before=2026-11-22"})
  void a_parameter_that_is_no_number_is_refused(String parameter) {
    for (String path : List.of(BILLS, WITHDRAWALS, DEPOSITS)) {
      SimulatedResponse response = respond(user, path + "?" + parameter, START);
      assertThat(response.status()).isEqualTo(400);
      assertThat(Client.text(response))
          .isEqualTo("{\"code\":\"51000\",\"data\":[],\"msg\":\"Parameter limit error\"}");
    }
  }

  @Test
  void demo_trading_has_neither_bills_nor_withdrawals_as_recorded() throws IOException {
    for (String path : List.of(BILLS, WITHDRAWALS)) {
      SimulatedRequest request =
          Client.with(Client.get(demo, path, START), "x-simulated-trading", "1");
      SimulatedResponse response = exchange.respond(0, START, request);
      assertThat(Client.text(response)).isEqualTo(RecordedBodies.body("error-50038-http200.json"));
      assertThat(response.status()).isEqualTo(200);
    }
  }

  @Test
  void a_withdrawal_shows_its_state_as_time_passes() throws JsonProcessingException {
    JsonNode last = data(WITHDRAWALS, MONTH_LATER).get(0);
    String byId = WITHDRAWALS + "?wdId=" + last.get("wdId").asText();
    Instant requested = Instant.ofEpochMilli(last.get("ts").asLong());
    assertThat(data(byId, requested.minusMillis(1))).isEmpty();
    JsonNode first = data(byId, requested).get(0);
    assertThat(first.get("state").asText()).isEqualTo("0");
    assertThat(first.get("txId").asText()).isEmpty();
    JsonNode done = data(byId, requested.plus(Duration.ofMinutes(35))).get(0);
    assertThat(done.get("state").asText()).isIn("2", "-2");
    assertThat(last.fieldNames())
        .toIterable()
        .contains("wdId", "ccy", "amt", "fee", "feeCcy", "from", "to", "txId", "areaCodeTo");
  }

  @Test
  void withdrawals_are_filtered_and_paged() throws JsonProcessingException {
    JsonNode all = data(WITHDRAWALS, MONTH_LATER);
    assertThat(all).hasSizeGreaterThan(10);
    assertThat(all.findValuesAsText("ts")).isSortedAccordingTo((a, b) -> b.compareTo(a));
    String second = all.get(1).get("ts").asText();
    assertThat(data(WITHDRAWALS + "?limit=3&after=" + second, MONTH_LATER).get(0))
        .isEqualTo(all.get(2));
    assertThat(data(WITHDRAWALS + "?before=" + second, MONTH_LATER)).containsExactly(all.get(0));
    assertThat(data(WITHDRAWALS + "?state=0", MONTH_LATER)).isEmpty();
    assertThat(data(WITHDRAWALS + "?ccy=BTC", MONTH_LATER).findValuesAsText("ccy"))
        .doesNotContain("USDT");
  }

  @Test
  void deposits_are_the_bills_of_type_1() throws JsonProcessingException {
    JsonNode deposits = data(DEPOSITS, START);
    JsonNode bills = data(BILLS + "?type=1", START);
    assertThat(deposits.findValuesAsText("amt")).isEqualTo(bills.findValuesAsText("balChg"));
    assertThat(deposits.findValuesAsText("ts")).isEqualTo(bills.findValuesAsText("ts"));
    assertThat(deposits.findValuesAsText("state")).containsOnly("2");
  }

  @Test
  void the_funding_balance_is_that_of_the_newest_bill() throws JsonProcessingException {
    for (JsonNode balance : data(BALANCES, START)) {
      String ccy = balance.get("ccy").asText();
      assertThat(balance.get("bal"))
          .isEqualTo(data(BILLS + "?ccy=" + ccy, START).get(0).get("bal"));
    }
  }

  @Test
  void funding_and_trading_balances_are_what_the_valuation_is_made_of()
      throws JsonProcessingException {
    JsonNode valuation = data(Client.VALUATION + "?ccy=USD", START).get(0).get("details");
    JsonNode trading = data(TRADING, START).get(0);
    assertThat(new BigDecimal(trading.get("totalEq").asText()))
        .isCloseTo(
            new BigDecimal(valuation.get("trading").asText()),
            org.assertj.core.data.Offset.offset(new BigDecimal("0.01")));
    assertThat(trading.get("details").findValuesAsText("ccy")).contains("BTC", "ETH", "USDT");
  }

  @Test
  void balances_may_be_limited_to_some_coins() throws JsonProcessingException {
    assertThat(data(BALANCES + "?ccy=USDT", START).findValuesAsText("ccy")).containsExactly("USDT");
    JsonNode trading = data(TRADING + "?ccy=BTC%2CUSDT", START).get(0);
    assertThat(trading.get("details").findValuesAsText("ccy")).containsExactly("BTC", "USDT");
    assertThat(data(TRADING + "?ccy=BTC,ETH", START).get(0).get("details").findValuesAsText("ccy"))
        .containsExactly("BTC", "ETH");
  }

  @Test
  void no_fiat_leaves_the_exchange() throws JsonProcessingException {
    assertThat(data(FIAT, MONTH_LATER)).isEmpty();
  }

  @Test
  void every_coin_has_an_index_price_that_needs_no_key() throws JsonProcessingException {
    JsonNode tickers =
        JSON.readTree(Client.text(exchange.respond(0, START, Client.get(TICKERS)))).get("data");
    assertThat(tickers.findValuesAsText("instId")).containsExactly("BTC-USDT", "ETH-USDT");
    assertThat(tickers.findValuesAsText("idxPx")).containsExactly("95000", "3200");
    assertThat(exchange.respond(0, START, Client.get("/api/v5/market/index-tickers")).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    BILLS + ", 6, 1000",
    WITHDRAWALS + ", 6, 1000",
    DEPOSITS + ", 6, 1000",
    BALANCES + ", 6, 1000",
    TRADING + ", 10, 2000",
    FIAT + ", 3, 1000",
    TICKERS + ", 20, 2000"
  })
  void each_limit_is_enforced_in_a_window_that_slides(String target, int limit, long millis) {
    long window = Duration.ofMillis(millis).toNanos();
    for (int i = 0; i < limit; i++) {
      assertThat(status(target, i)).isEqualTo(200);
    }
    assertThat(status(target, window - 1)).isEqualTo(429);
    assertThat(status(target, window + limit)).isEqualTo(200);
  }

  private int status(String target, long nanos) {
    return exchange.respond(nanos, START, Client.get(user, target, START)).status();
  }

  private static List<String> ids(JsonNode bills) {
    return bills.findValuesAsText("billId");
  }

  private JsonNode data(String target, Instant now) throws JsonProcessingException {
    return JSON.readTree(Client.text(respond(user, target, now))).get("data");
  }

  /** Responds at a distance from earlier arrivals that every limit admits. */
  private SimulatedResponse respond(SimulatedUser as, String target, Instant now) {
    nanos += 10_000_000_000L;
    return exchange.respond(nanos, now, Client.get(as, target, now));
  }
}
