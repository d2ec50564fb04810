package io.okxexporter.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.Exporter;
import io.okxexporter.Main;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.health.LoopbackGet;
import io.okxexporter.model.Endpoint;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettings.RateLimit;
import io.okxexporter.web.config.WebSettingsSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code okx-exporter check} command, over real HTTP. */
@Tag("slow")
public class CheckCommandTest {
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void a_real_exchange_is_asked_within_its_limits_and_all_is_well() throws IOException {
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      assertThat(run(dollars(exchange), "check", ANY_PORT)).isZero();
      assertThat(exchange.exchange.arrivals(Endpoint.ASSET_VALUATION)).isEqualTo(1);
    }
    assertThat(normalised(out))
        .isEqualTo(
            """
            okx-exporter VERSION check: 1 user

              pass  configuration   valid
              pass  listen address  127.0.0.1:0 is free

            user (unnamed) (http://127.0.0.1:PORT, live)
              pass  host            127.0.0.1:PORT is reachable: DNS TIME, TCP TIME
              pass  clock           TIME off OKX's
              pass  key             accepted: User ID UID (main account), may read only, bound to
                                    no IP address
              pass  USDT            answered in TIME; the data are TIME old
              pass  funding ledger  answered in TIME; the newest entry is TIME old
              pass  sub-accounts    answered in TIME; no entries
              pass  withdrawals     answered in TIME; the newest entry is TIME old
              pass  fiat            answered in TIME; no entries

            10 passed, 0 warnings, 0 failed
            """);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void a_unit_is_left_to_a_running_exporter_that_polls_this_user_and_to_no_other()
      throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed();
        LocalExchange others = LocalExchange.unnamed();
        Exporter same = running(exchange);
        Exporter other = running(others)) {
      long polled = polls(same);
      assertThat(run(exchange.environment(), "check", listen(same))).isZero();
      assertThat(normalised(out))
          .contains(
              "USDT            already polled by the okx-exporter running here; last success TIME")
          .contains("10 passed, 1 warning, 0 failed");
      assertThat(exchange.exchange.arrivals(Endpoint.ASSET_VALUATION))
          .isBetween(polled, polls(same));
      out.reset();
      assertThat(run(exchange.environment(), "check", listen(other))).isZero();
      assertThat(normalised(out)).contains("USDT            answered in TIME");
    }
  }

  private static String listen(Exporter exporter) {
    return "--web.listen-address=127.0.0.1:" + exporter.addresses().get(0).getPort();
  }

  private static long polls(Exporter exporter) {
    return Objects.requireNonNull(
            exporter.view().users().get(0).requests().byEndpoint().get(Endpoint.ASSET_VALUATION))
        .requests();
  }

  @Test
  void an_exporter_whose_rate_limit_is_used_up_is_known_and_nobody_is_asked_beside_it()
      throws Exception {
    RateLimit oneRequest = new RateLimit(Duration.ofHours(1), 1);
    WebSettings limited = new WebSettings(null, true, Map.of(), Map.of(), oneRequest);
    try (LocalExchange exchange = LocalExchange.unnamed();
        Exporter exporter = Exporters.running(dollars(exchange), () -> limited)) {
      LoopbackGet.get(exporter.addresses().get(0), "/");
      assertLeftToExporter(exchange, exporter, "its health endpoint returns 429");
    }
  }

  @Test
  void an_exporter_whose_web_configuration_is_broken_is_known_and_nobody_is_asked_beside_it()
      throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    WebSettingsSource settings =
        () -> {
          if (broken.get()) {
            throw new InvalidWebConfigException("web.yml: nonsense");
          }
          return WebSettings.NONE;
        };
    try (LocalExchange exchange = LocalExchange.unnamed();
        Exporter exporter = Exporters.running(dollars(exchange), settings)) {
      broken.set(true);
      assertLeftToExporter(exchange, exporter, "its health endpoint returns 500");
    }
  }

  /** Valuations are left to an exporter that does not show which users it polls. */
  private void assertLeftToExporter(LocalExchange exchange, Exporter exporter, String why) {
    long polled = polls(exporter);
    assertThat(run(dollars(exchange), "check", listen(exporter))).isZero();
    assertThat(normalised(out).replaceAll("\\s+", " "))
        .contains("127.0.0.1:PORT is in use by a running okx-exporter")
        .contains("USDT not requested: the okx-exporter running here may already poll it (" + why)
        .contains("8 passed, 2 warnings, 0 failed");
    assertThat(exchange.exchange.arrivals(Endpoint.ASSET_VALUATION))
        .isBetween(polled, polls(exporter));
  }

  private static Map<String, String> dollars(LocalExchange exchange) {
    Map<String, String> env = new HashMap<>(exchange.environment());
    env.put("OKX_CCYS", "USDT");
    return env;
  }

  private static Exporter running(LocalExchange exchange) throws Exception {
    return Exporters.running(exchange.environment(), () -> WebSettings.NONE);
  }

  @Test
  void the_simulated_exchange_is_checked_without_a_key() {
    assertThat(run(Map.of(), "check", "--simulate", "--format=json", ANY_PORT)).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("{\n  \"title\" : \"okx-exporter ")
        .contains("1 user of the simulated exchange", "\"pass\" : 11,");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void a_bad_configuration_is_all_that_is_told() throws IOException {
    Map<String, String> env = new HashMap<>(Map.of("OKX_API_KEY", "a", "OKX_REGION", "mars"));
    assertThat(run(env, "check")).isEqualTo(2);
    CheckGoldenTest.golden("configuration.txt", normalised(out));
    out.reset();
    assertThat(run(env, "check", "--format=json")).isEqualTo(2);
    CheckGoldenTest.golden("configuration.json", normalised(out));
  }

  @Test
  void the_problems_of_both_files_are_told_at_once() throws IOException {
    Map<String, String> env =
        Map.of(
            "OKX_API_KEY", "a", "OKX_SECRET_KEY", "b", "OKX_PASSPHRASE", "c", "OKX_REGION", "mars");
    assertThat(run(env, "check", badWeb())).isEqualTo(2);
    assertThat(out.toString(UTF_8))
        .contains(
            "invalid, 2 problems:",
            "OKX_REGION: \"mars\": expected ",
            "http_server_config.http2: \"maybe\": expected ");
  }

  @Test
  void a_bad_trust_store_hides_no_problem_of_the_web_configuration() throws IOException {
    System.setProperty(TRUST_STORE, folder.resolve("missing").toString());
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      assertThat(run(exchange.environment(), "check", badWeb())).isEqualTo(2);
    } finally {
      System.clearProperty(TRUST_STORE);
    }
    assertThat(out.toString(UTF_8)).contains("http_server_config.http2: \"maybe\": expected ");
  }

  private String badWeb() throws IOException {
    Path file = folder.resolve("web.yml");
    return "--web.config.file=" + Files.writeString(file, "http_server_config: {http2: maybe}");
  }

  @Test
  void bad_usage_is_told_as_ever() {
    assertThat(run(Map.of(), "check", "--format=xml")).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .isEqualTo("okx-exporter: --format: \"xml\": expected text or json\nTry --help.\n");
  }

  @Test
  void the_help_is_its_own() {
    assertThat(run(Map.of(), "check", "--help")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("Usage: okx-exporter check [OPTIONS]\n");
  }

  private int run(Map<String, String> env, String... args) {
    return new Main(
            env,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            TestFiles::new)
        .run(args);
  }

  private static String normalised(ByteArrayOutputStream stream) {
    return stream
        .toString(UTF_8)
        .replaceAll("okx-exporter \\S+ check", "okx-exporter VERSION check")
        .replaceAll("127\\.0\\.0\\.1:[1-9]\\d*", "127.0.0.1:PORT")
        .replaceAll("\\d{18}", "UID")
        .replaceAll("\\b[\\d.]+ (m?s|min|h|days)\\b", "TIME")
        .replaceAll("TIME (behind|ahead of) OKX's(, within tolerance)?", "TIME off OKX's")
        .replaceAll("less than TIME old|dated TIME ahead", "TIME old");
  }
}
