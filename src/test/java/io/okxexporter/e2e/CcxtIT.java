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

/** A real OKX client of npm reads the ledgers and balances of the built-in simulated exchange. */
class CcxtIT {
  private static final Path FOLDER = Path.of("target/ccxt");
  private static final double SATOSHI = 1e-8;

  /** What the client makes of everything that it reads. */
  private static JsonNode read;

  @BeforeAll
  static void read() throws Exception {
    NpmProject.install(Path.of("src/test/ccxt"), FOLDER);
    try (Child exporter =
        Child.jar(
            Map.of(),
            "--simulate",
            "--simulate.listen-address=127.0.0.1:0",
            "--web.listen-address=127.0.0.1:0")) {
      String key = exporter.awaitLine("simulated exchange.*api_key");
      Command.Ended ended =
          Command.of(Command.program("node"), "ledgers.js")
              .in(FOLDER)
              .with(
                  Map.of(
                      "OKX_URL", value(key, "url"),
                      "OKX_API_KEY", value(key, "api_key"),
                      "OKX_SECRET_KEY", value(key, "secret_key"),
                      "OKX_PASSPHRASE", value(key, "passphrase")))
              .within(Duration.ofMinutes(2))
              .run();
      read = new ObjectMapper().readTree(ended.succeeded());
    }
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
        .map(CcxtIT::rounded)
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
}
