package io.okxexporter.e2e;

import static io.okxexporter.fixture.Command.checkMetrics;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.FailingUsers;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.fixture.ReferenceSigner;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as a user runs it, against a local exchange. */
class ProgramIT {
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern URL = Pattern.compile("http://[^ \"]+");

  private final Http http = new Http();

  @TempDir Path folder;

  @Test
  void three_variables_give_exactly_the_plain_label_sets() throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed();
        Child exporter = Child.jar(exchange.environment())) {
      Metrics metrics = scrapeUntil(exporter, "okx_total_asset_valuation{ccy=\"BTC\"}");

      assertThat(metricsUrl(exporter)).hasToString("http://127.0.0.1:10058/metrics");
      assertThat(metrics.labelSets("okx_total_asset_valuation"))
          .containsExactlyInAnyOrder("{ccy=\"BTC\"}", "{ccy=\"USDT\"}");
      assertThat(metrics.labelSets("okx_asset_valuation"))
          .containsExactlyInAnyOrder(accounts("BTC", "USDT"));
      assertServed(exchange, metrics, "USDT");
      assertServed(exchange, metrics, "BTC");
      assertThat(metrics.value("okx_up")).isOne();
      assertThat(metrics.value("okx_exporter_simulated")).isZero();
      checkMetrics(metrics.text(), folder);
      assertLogDescribesConfigAndExposure(exporter, exchange);
      assertThat(exporter.terminate()).isEqualTo(143);
    }
  }

  private static String[] accounts(String... ccys) {
    return Arrays.stream(ccys)
        .flatMap(
            ccy ->
                List.of("classic", "earn", "funding", "trading").stream()
                    .map(account -> "{account=\"" + account + "\",ccy=\"" + ccy + "\"}"))
        .toArray(String[]::new);
  }

  private static void assertServed(LocalExchange exchange, Metrics metrics, String ccy) {
    String labels = "ccy=\"" + ccy + "\"}";
    double ts = metrics.value("okx_asset_valuation_timestamp_seconds{" + labels);
    String served = exchange.served(ccy, Instant.ofEpochMilli(Math.round(ts * 1000)));
    Map<String, Double> values = new HashMap<>();
    Pattern.compile("\"(\\w+)\":\"(-?[\\d.]+)\"")
        .matcher(served)
        .results()
        .forEach(value -> values.put(value.group(1), Double.valueOf(value.group(2))));
    assertThat(metrics.value("okx_total_asset_valuation{" + labels))
        .isEqualTo(values.get("totalBal"));
    for (String account : List.of("classic", "earn", "funding", "trading")) {
      assertThat(metrics.value("okx_asset_valuation{account=\"" + account + "\"," + labels))
          .isEqualTo(values.get(account));
    }
  }

  /**
   * Asserts one line with the configuration, secrets masked, and one with the listener's exposure.
   */
  private static void assertLogDescribesConfigAndExposure(Child exporter, LocalExchange exchange) {
    String log = exporter.err();
    assertThat(log.lines().filter(line -> line.contains("msg=starting")))
        .singleElement()
        .asString()
        .contains("simulated=false", "poll_interval=15s", "ccys=USDT,BTC", "api_key=***");
    assertThat(log).contains("level=info", "serving metrics to this machine only");
    exchange.environment().forEach((name, value) -> assertSecretIsAbsent(log, name, value));
  }

  private static void assertSecretIsAbsent(String log, String name, String value) {
    if (!name.equals("OKX_REGION")) {
      assertThat(log).doesNotContain(value);
    }
  }

  @Test
  void promtool_accepts_the_metrics_while_every_kind_of_failure_shows() throws Exception {
    Map<String, String> failures = FailingUsers.reasons();
    try (LocalExchange exchange = LocalExchange.named(failures.size() + 1)) {
      exchange.exchange.script(new FailingUsers(exchange.users()));
      Path config = config("poll_interval: 1s\n" + exchange.yaml());
      try (Child exporter = Child.jar(Map.of(), ANY_PORT, "--config.file=" + config)) {
        for (Map.Entry<String, String> failure : failures.entrySet()) {
          exporter.awaitLine("user=" + failure.getKey() + " .*reason=" + failure.getValue() + " ");
        }
        Metrics metrics =
            scrapeUntil(exporter, "okx_up{user=\"user" + (failures.size() + 1) + "\"}");
        failures.forEach(
            (user, reason) ->
                assertThat(metrics.labelSets("okx_failing"))
                    .contains("{ccy=\"USDT\",reason=\"" + reason + "\",user=\"" + user + "\"}"));
        checkMetrics(metrics.text(), folder);
      }
    }
  }

  @Test
  void the_simulation_needs_nothing_and_its_keys_work_for_another_client() throws Exception {
    try (Child exporter = Child.jar(Map.of(), "--simulate", ANY_PORT)) {
      String line = exporter.awaitLine("^msg=\"simulated exchange\"");
      String target = "/api/v5/account/config";
      Map<String, String> headers =
          ReferenceSigner.get(
              new Credentials(
                  new Secret(field(line, "api_key")),
                  new Secret(field(line, "secret_key")),
                  new Secret(field(line, "passphrase"))),
              target,
              Instant.now());
      assertThat(http.get(URI.create(field(line, "url") + target), headers).body())
          .startsWith("{\"code\":\"0\"")
          .contains("\"perm\":\"read_only\"");

      Metrics metrics = scrapeUntil(exporter, "okx_total_asset_valuation{ccy=\"BTC\"}");
      assertThat(metrics.labelSets("okx_asset_valuation"))
          .containsExactlyInAnyOrder(accounts("BTC", "USDT"));
      assertThat(metrics.value("okx_exporter_simulated")).isOne();
    }
  }

  @Test
  void simulated_users_have_names() throws Exception {
    try (Child exporter = Child.jar(Map.of(), "--simulate", "--simulate.users=3", ANY_PORT)) {
      Metrics metrics =
          scrapeUntil(exporter, "okx_total_asset_valuation{ccy=\"BTC\",user=\"user3\"}");
      assertThat(metrics.labelSets("okx_up"))
          .containsExactly("{user=\"user1\"}", "{user=\"user2\"}", "{user=\"user3\"}");
      assertThat(
              metrics.has("okx_asset_valuation{account=\"trading\",ccy=\"USDT\",user=\"user2\"}"))
          .isTrue();
      assertThat(
              exporter.err().lines().filter(line -> line.startsWith("msg=\"simulated exchange\"")))
          .hasSize(3)
          .allMatch(line -> line.contains(" user=user"));
    }
  }

  /** Of three users, the second is assigned to the last of three replicas. */
  @Test
  void a_replica_asks_for_its_own_users_and_says_so() throws Exception {
    Map<String, String> last = Map.of("OKX_SHARD", "2/3");
    try (Child exporter = Child.jar(last, "--simulate", "--simulate.users=3", ANY_PORT)) {
      assertThat(exporter.awaitLine("msg=starting")).contains("shard=2/3 users_held=1");
      Metrics metrics =
          scrapeUntil(exporter, "okx_total_asset_valuation{ccy=\"BTC\",user=\"user2\"}");
      assertThat(metrics.labelSets("okx_up")).containsExactly("{user=\"user2\"}");
      assertThat(metrics.value("okx_exporter_users_held")).isOne();
      assertThat(metrics.value("okx_exporter_user_held{user=\"user2\"}")).isOne();
      assertThat(metrics.value("okx_exporter_user_held{user=\"user1\"}")).isZero();
      checkMetrics(metrics.text(), folder);
      URI page = metricsUrl(exporter).resolve("/");
      assertThat(http.get(page, Map.of()).body())
          .contains("This is replica 2/3; it polls 1 of 3 users.");
      assertThat(http.get(page.resolve("/config"), Map.of()).body()).contains("shard: 2/3\n");
    }
  }

  @Test
  void once_is_a_whole_life_in_short() throws Exception {
    try (Child exporter = Child.jar(Map.of(), "--simulate", "--simulate.once", ANY_PORT)) {
      assertThat(exporter.awaitExit()).isZero();
      assertThat(exporter.err())
          .containsSubsequence(
              "msg=starting", "msg=\"scraped once\" status=\"HTTP/1.1 200 OK\"", "msg=stopped");
    }
  }

  private static String field(String line, String name) {
    return Pattern.compile(" " + name + "=([^ ]+)")
        .matcher(line)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  @Test
  void a_file_describes_users_whose_secrets_are_in_files() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(2)) {
      Path config = config("poll_interval: 2s\n" + withSecretsInFiles(exchange.yaml()));
      try (Child exporter = Child.jar(Map.of(), "--config.file=" + config, ANY_PORT, ANY_PORT)) {
        scrapeUntil(exporter, "okx_total_asset_valuation{ccy=\"BTC\",user=\"user1\"}");
        scrapeUntil(exporter, "okx_total_asset_valuation{ccy=\"BTC\",user=\"user2\"}");
        List<URI> urls = urls(exporter);
        assertThat(urls).hasSize(2).doesNotHaveDuplicates();
        for (URI url : urls) {
          assertThat(http.scrape(url).labelSets("okx_up")).hasSize(2);
        }
      }
    }
  }

  /** Moves each quoted secret into its own file, which ends in a newline. */
  private String withSecretsInFiles(String yaml) throws Exception {
    String moved = yaml;
    int number = 0;
    for (MatchResult secret :
        Pattern.compile("(\\w+): \"(.*)\"").matcher(yaml).results().toList()) {
      Path file = folder.resolve("secret-" + number++);
      Files.writeString(file, secret.group(2) + "\n");
      moved = moved.replace(secret.group(), secret.group(1) + "_file: " + file);
    }
    return moved;
  }

  @Test
  void variables_may_name_files() throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      Map<String, String> environment = new HashMap<>();
      for (Map.Entry<String, String> variable : exchange.environment().entrySet()) {
        if (variable.getKey().equals("OKX_REGION")) {
          environment.put(variable.getKey(), variable.getValue());
        } else {
          Path file = Files.writeString(folder.resolve(variable.getKey()), variable.getValue());
          environment.put(variable.getKey() + "_FILE", file.toString());
        }
      }
      environment.put("OKX_USER", "main");
      environment.put("OKX_CCYS", "EUR");
      try (Child exporter = Child.jar(environment, ANY_PORT)) {
        Metrics metrics =
            scrapeUntil(exporter, "okx_total_asset_valuation{ccy=\"EUR\",user=\"main\"}");
        assertThat(metrics.labelSets("okx_total_asset_valuation")).hasSize(1);
      }
    }
  }

  @Test
  void a_newcomer_sees_where_it_serves_and_what_to_try_next() throws Exception {
    try (Child exporter = Child.jar(Map.of(), "--simulate", ANY_PORT)) {
      URI metrics = metricsUrl(exporter);
      String last = "";
      StringBuilder out = new StringBuilder();
      while (!last.startsWith("Ctrl-C")) {
        last = exporter.outLine();
        out.append(last).append('\n');
      }
      assertThat(out)
          .contains(metrics.resolve("/") + "\n", metrics + ", ", "README.md, \"Run it for real\"");
    }
  }

  @Test
  void listening_to_everyone_is_warned_of() throws Exception {
    try (Child exporter = Child.jar(Map.of(), "--simulate", "--web.listen-address=:0")) {
      assertThat(exporter.awaitLine("msg=\"serving"))
          .contains("level=warn", "anyone who reaches this address can read the balances");
    }
  }

  private Path config(String yaml) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "okx", ".yml"), yaml);
  }

  private Metrics scrapeUntil(Child exporter, String series) throws Exception {
    URI url = metricsUrl(exporter);
    return exporter.poll(TIMEOUT, () -> http.scrape(url), metrics -> metrics.has(series));
  }

  private static URI metricsUrl(Child exporter) throws Exception {
    return urls(exporter).get(0);
  }

  private static List<URI> urls(Child exporter) throws Exception {
    return URL.matcher(exporter.awaitLine("msg=\"serving"))
        .results()
        .map(url -> URI.create(url.group()))
        .toList();
  }
}
