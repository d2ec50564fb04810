package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Shard;
import io.okxexporter.store.Store;
import io.okxexporter.web.MetricsRenderer;
import io.okxexporter.web.UnprotectedWeb;
import io.okxexporter.web.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/**
 * Every fault of a request: what is shown while it lasts, what is logged and how soon the exporter
 * recovers. Every scrape is checked for values that OKX never served.
 */
@Tag("slow")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FaultsTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String FAILURES =
      "okx_api_request_failures_total{endpoint=\"/api/v5/asset/asset-valuation\",reason=\"";
  private static final String NO_MEMORY = "memory";
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final Map<String, SSLContext> CERTIFICATES = new HashMap<>();

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    Authority authority = new Authority("okx");
    CERTIFICATES.put("good", authority.issue("dns:localhost").server());
    CERTIFICATES.put("other", authority.issue("dns:okx.example").server());
    CERTIFICATES.put("expired", from(authority, -40));
    CERTIFICATES.put("early", from(authority, 5));
    CERTIFICATES.put("unknown", new Authority("unknown").issue("dns:localhost").server());
    System.setProperty(TRUST_STORE, authority.trustStore(folder).toString());
  }

  private static SSLContext from(Authority authority, int days) throws Exception {
    return authority.issue(Duration.ofDays(days), "dns:localhost").server();
  }

  @AfterAll
  static void trustTheUsualAgain() {
    System.clearProperty(TRUST_STORE);
  }

  static Stream<Fault> faults() {
    return Fault.all()
        .filter(fault -> !fault.isOfTheProcess() && !fault.script().equals(NO_MEMORY));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shows_is_logged_invents_nothing_and_passes(Fault fault) throws Exception {
    for (FaultScript each : FaultScript.of(fault.script()).each()) {
      try (CapturedLog log = new CapturedLog();
          FaultWorld world =
              new FaultWorld(
                  each, unusualSamples(fault), fault.reason().equals("timeout"), CERTIFICATES)) {
        new Trial(fault, each, world).run();
        assertLogged(fault, log.text().lines().toList());
      }
    }
  }

  /** Both units receive the same response. */
  private static Set<String> unusualSamples(Fault fault) {
    return fault.shows().stream()
        .flatMap(sample -> Stream.of(sample, sample.replace("USDT", "BTC")))
        .collect(Collectors.toSet());
  }

  /**
   * Asserts that the first failure is a warning, repeats are debug lines and the end is logged
   * once.
   */
  private static void assertLogged(Fault fault, List<String> log) {
    List<String> failures = linesWith(log, "msg=\"valuation request failed\"");
    List<String> loud = linesWith(failures, " level=warn ");
    if (!fault.comesAndGoes()) {
      assertThat(loud).hasSize(fault.isFine() ? 0 : 1);
    }
    assertThat(loud).allMatch(line -> line.contains("reason=" + fault.reason() + " "));
    assertThat(loud).allMatch(line -> line.contains(fault.log()));
    assertThat(linesWith(failures, " level=debug ")).hasSize(failures.size() - loud.size());
    boolean outage = !fault.reason().equals(Reason.BAD_REQUEST.label());
    String end = outage ? "valuation requests recovered" : "all units accepted again";
    assertThat(linesWith(log, "level=info component=poll msg=\""))
        .hasSize(loud.size())
        .allMatch(line -> line.contains(end));
    assertThat(linesWith(log, " level=error component=")).isEmpty();
  }

  private static List<String> linesWith(List<String> log, String text) {
    return log.stream().filter(line -> line.contains(text)).toList();
  }

  /** Exhausts memory for real, by allocating more than any heap holds. */
  @Test
  void no_memory_for_one_scrape_costs_that_scrape_alone() throws Exception {
    Fault fault = Fault.all().filter(it -> it.script().equals(NO_MEMORY)).findAny().orElseThrow();
    AtomicBoolean plenty = new AtomicBoolean();
    List<long[]> hoard = new ArrayList<>();
    MetricsRenderer scrape =
        (wanted, out) -> {
          while (!plenty.get()) {
            hoard.add(new long[Integer.MAX_VALUE - 8]);
          }
          out.write(("hoard " + hoard.size() + "\n").getBytes(UTF_8));
        };
    try (CapturedLog log = new CapturedLog(Level.INFO);
        WebServer web =
            UnprotectedWeb.server(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                "/metrics",
                scrape,
                () -> new Store(Shard.WHOLE, List.of(), TIMEOUT, Clock.system()).view(),
                new BuildInfo("test", "test", ""),
                false,
                new SimpleMeterRegistry())) {
      web.start();
      URI url = URI.create("http://127.0.0.1:" + web.addresses().get(0).getPort() + "/metrics");
      assertThat(new Http().get(url, Map.of()).statusCode()).isEqualTo(500);
      assertThat(new Http().get(url, Map.of()).statusCode()).isEqualTo(500);
      plenty.set(true);
      hoard.clear();
      assertThat(new Http().body(url)).isEqualTo("hoard 0\n");
      assertThat(log.text().lines())
          .satisfiesExactly(
              line -> assertThat(line).contains(" level=error ", fault.log()),
              line ->
                  assertThat(line)
                      .contains(" level=info ", "msg=\"web server recovered\" part=scrape"));
    }
  }

  @Test
  void every_code_and_every_reason_is_among_them() {
    assertThat(
            faults()
                .map(fault -> FaultScript.of(fault.script()).about("codes"))
                .flatMap(list -> Stream.of(list.split(" ", -1))))
        .containsAll(
            Arrays.stream(Reason.values()).flatMap(reason -> reason.codes().stream()).toList());
    assertThat(faults().map(Fault::reason))
        .containsAll(Arrays.stream(Reason.values()).map(Reason::label).toList());
  }

  /** Applies one fault to a healthy exporter, and ends it. */
  private record Trial(Fault fault, FaultScript script, FaultWorld world) {
    private static final String REQUESTS =
        "okx_api_requests_total{endpoint=\"/api/v5/asset/asset-valuation\"}";

    void run() throws Exception {
      world.await(metrics -> metrics.value("okx_up") == 1, TIMEOUT);
      Set<String> before = FaultWorld.values(world.metrics());
      world.startFault();
      if (fault.isFine()) {
        assertFine();
      } else {
        assertFailing(before);
      }
      world.endFault();
      Map<String, Integer> served =
          FaultWorld.CCYS.stream()
              .collect(Collectors.toMap(ccy -> ccy, ccy -> world.server.served(ccy).size()));
      Duration recovered = world.await(metrics -> isWell(metrics, served), TIMEOUT);
      if (!fault.isFine()) {
        assertThat(recovered).isLessThanOrEqualTo(fault.recovery());
      }
      assertNothingWasSentTwice();
    }

    /** A failure changes no value, but a clock step may make values stale. */
    private void assertFailing(Set<String> before) {
      boolean clock = script.does("clock");
      String failures = FAILURES + fault.reason() + "\"}";
      world.await(metrics -> metrics.value(failures) == (clock ? 1 : 2), TIMEOUT);
      Metrics metrics = world.metrics();
      assertThat(metrics.labelSets("okx_failing"))
          .isNotEmpty()
          .allMatch(labels -> labels.endsWith("reason=\"" + fault.reason() + "\"}"));
      assertThat(metrics.value("okx_up")).isZero();
      if (!fault.comesAndGoes()) {
        assertThat(before).containsAll(FaultWorld.values(metrics));
      }
      assertShown(metrics);
    }

    private void assertFine() {
      double requests = world.metrics().value(REQUESTS);
      world.await(metrics -> metrics.value(REQUESTS) >= requests + 4, TIMEOUT);
      world.await(metrics -> true, Duration.ZERO);
      Metrics metrics = world.metrics();
      assertThat(metrics.labelSets("okx_failing")).isEmpty();
      assertThat(metrics.value("okx_up")).isOne();
      assertShown(metrics);
    }

    private void assertShown(Metrics metrics) {
      assertThat(fault.isShown(metrics)).as("%s in%n%s", fault.shows(), metrics.text()).isTrue();
    }

    /** Whether both units show a number served since recovery. */
    private boolean isWell(Metrics metrics, Map<String, Integer> served) {
      return metrics.value("okx_up") == 1
          && FaultWorld.CCYS.stream().allMatch(ccy -> isNew(metrics, ccy, served));
    }

    private boolean isNew(Metrics metrics, String ccy, Map<String, Integer> served) {
      List<Double> all = world.server.served(ccy);
      List<Double> since = all.subList(Objects.requireNonNull(served.get(ccy)), all.size());
      return since.contains(metrics.value("okx_total_asset_valuation{ccy=\"" + ccy + "\"}"));
    }

    private void assertNothingWasSentTwice() {
      double sent = world.metrics().value(REQUESTS);
      assertThat(world.server.valuationRequests()).isLessThanOrEqualTo((int) sent);
    }
  }
}
