package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.NpmProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real OKX clients of npm read the ledgers and balances of the built-in simulated exchange. */
class NpmClientsIT {
  private static final Path FOLDER = Path.of("target/npm");
  private static final double SATOSHI = 1e-8;

  /** What ccxt makes of everything that it reads. */
  private static JsonNode read;

  /** What okx-api returns. */
  private static JsonNode returned;

  @BeforeAll
  static void read() throws Exception {
    NpmProject.install(Path.of("src/test/npm"), FOLDER);
    try (Child exporter =
        Child.jar(
            Map.of(),
            "--simulate",
            "--simulate.listen-address=127.0.0.1:0",
            "--web.listen-address=127.0.0.1:0")) {
      String key = exporter.awaitLine("simulated exchange.*api_key");
      read = run("ccxt.js", key);
      returned = run("okx-api.js", key);
    }
  }

  private static JsonNode run(String script, String key) throws Exception {
    Command.Ended ended =
        Command.of(Command.program("node"), script)
            .in(FOLDER)
            .with(
                Map.of(
                    "OKX_URL", value(key, "url"),
                    "OKX_API_KEY", value(key, "api_key"),
                    "OKX_SECRET_KEY", value(key, "secret_key"),
                    "OKX_PASSPHRASE", value(key, "passphrase")))
            .within(Duration.ofMinutes(2))
            .run();
    return new ObjectMapper().readTree(ended.succeeded());
  }

  private static String value(String line, String name) {
    Matcher matcher = Pattern.compile(name + "=(\\S+)").matcher(line);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void each_entry_of_the_ledger_leads_from_one_balance_to_the_next_up_to_what_is_there_now() {
    Map<String, Double> balances = new HashMap<>();
    for (JsonNode entry : read.get("ledger")) {
      String ccy = entry.get("currency").asText();
      double before = entry.get("before").asDouble();
      assertThat(before).isCloseTo(balances.getOrDefault(ccy, before), within(SATOSHI));
      double after = entry.get("after").asDouble();
      assertThat(after).isCloseTo(before + entry.get("amount").asDouble(), within(SATOSHI));
      balances.put(ccy, after);
    }
    assertThat(balances).isNotEmpty();
    balances.forEach(
        (ccy, balance) ->
            assertThat(read.at("/funding/total/" + ccy).asDouble())
                .isCloseTo(balance, within(SATOSHI)));
  }

  @Test
  void the_ledger_has_an_entry_of_each_deposit_and_of_each_withdrawal_with_its_fee() {
    assertThat(amounts("deposits", 1)).isNotEmpty().isEqualTo(entries("1"));
    assertThat(amounts("withdrawals", -1)).isNotEmpty().isEqualTo(entries("2"));
    assertThat(read.get("withdrawals").findValuesAsText("status"))
        .isSubsetOf(Set.of("ok", "canceled"));
  }

  private static List<String> amounts(String list, int sign) {
    return stream(list)
        .map(it -> sign * (it.get("amount").asDouble() + it.at("/fee/cost").asDouble()))
        .map(NpmClientsIT::rounded)
        .toList();
  }

  private static List<String> entries(String type) {
    return stream("ledger")
        .filter(it -> it.at("/info/type").asText().equals(type))
        .map(it -> rounded(it.get("amount").asDouble()))
        .toList();
  }

  private static Stream<JsonNode> stream(String list) {
    return StreamSupport.stream(read.get(list).spliterator(), false);
  }

  private static String rounded(double amount) {
    return String.format(Locale.ROOT, "%.8f", amount);
  }

  @Test
  void the_trading_account_holds_coins() {
    for (String ccy : List.of("BTC", "ETH", "USDT")) {
      assertThat(read.at("/trading/total/" + ccy).asDouble()).isPositive();
    }
  }

  @Test
  void each_transfer_of_trading_has_its_other_half_in_funding() {
    List<String> halves =
        stream("ledger")
            .filter(it -> Set.of("130", "131").contains(it.at("/info/type").asText()))
            .map(it -> rounded(-it.get("amount").asDouble()))
            .toList();
    assertThat(stream("tradingLedger").map(it -> rounded(it.get("amount").asDouble())))
        .isNotEmpty()
        .containsExactlyElementsOf(halves);
  }

  @Test
  void both_clients_read_the_same() {
    assertThat(ids(returned.get("funding"), "/billId")).containsAll(ids(read.get("ledger"), "/id"));
    assertThat(ids(returned.get("trading"), "/billId"))
        .containsAll(ids(read.get("tradingLedger"), "/id"));
    assertThat(ids(returned.get("withdrawals"), "/wdId"))
        .containsAll(ids(read.get("withdrawals"), "/id"));
    assertThat(ids(returned.get("deposits"), "/txId"))
        .containsAll(ids(read.get("deposits"), "/txid"));
    assertThat(returned.at("/account/0/uid").asText()).isNotEmpty();
    assertThat(returned.get("subAccounts")).isEmpty();
    assertThat(returned.get("fundingBalances")).isNotEmpty();
    assertThat(returned.at("/tradingBalance/0/details")).isNotEmpty();
    assertThat(ids(returned.get("prices"), "/instId")).contains("BTC-USDT");
  }

  private static List<String> ids(JsonNode rows, String field) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(it -> it.at(field).asText())
        .toList();
  }
}
