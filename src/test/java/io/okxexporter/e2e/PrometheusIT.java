package io.okxexporter.e2e;

import static io.okxexporter.fixture.LocalExchange.answer;
import static io.okxexporter.fixture.LocalExchange.worth;
import static io.okxexporter.fixture.SocketServer.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.model.Endpoint;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.SimulatedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus with the shipped prometheus.yml, while every other request fails. */
class PrometheusIT {
  /** The shipped scrape_interval of 15 s yields this many in three minutes. */
  private static final int SCRAPES = 13;

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final InetSocketAddress EXPORTER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 10058);

  private final ObjectMapper json = new ObjectMapper();
  private final Http http = new Http();

  @TempDir Path folder;

  /** Serves 1, 2, 3 and so on; every other request of a unit fails, with rotating failures. */
  private static final class EveryOtherFails implements Script {
    private static final List<Behaviour> FAILURES =
        List.of(
            answer(503, ""),
            answer(429, "{\"code\":\"50011\"}"),
            Behaviour.of(new Reaction.Reset()),
            answer(200, "{\"code\":\"50011\"}"),
            answer(200, "{\"code\":\"0\",\"data\":[{\"totalBal\":\"none\"}]}"),
            Behaviour.of(new Reaction.Truncated(40)));

    private final Map<String, Integer> requests = new HashMap<>();
    private final AtomicLong served = new AtomicLong();
    private int failed;

    @Override
    public Behaviour next(SimulatedRequest request) {
      if (!request.path().equals(Endpoint.ASSET_VALUATION.path())) {
        return Behaviour.NORMAL;
      }
      // Counted per unit: otherwise one of two units could get all the failures.
      boolean isOdd = requests.merge(request.target(), 1, Integer::sum) % 2 == 1;
      return isOdd ? worth(served.incrementAndGet()) : FAILURES.get(failed++ % FAILURES.size());
    }
  }

  @Test
  void the_series_has_no_gap_while_every_other_request_fails() throws Exception {
    String prometheus = Command.program("prometheus");
    requireFreePort();
    EveryOtherFails script = new EveryOtherFails();
    try (LocalExchange exchange = LocalExchange.named(1)) {
      exchange.exchange.script(script);
      // Not a divisor of the scrape interval, or every scrape would have the same phase.
      Path config = folder.resolve("okx.yml");
      Files.writeString(config, "poll_interval: 7s\n" + exchange.yaml());
      try (Child exporter = Child.jar(Map.of(), "--config.file=" + config)) {
        exporter.awaitLine("msg=\"serving.* url=http://127.0.0.1:10058/metrics");
        int port = freePort();
        try (Child server = Child.start(Map.of(), command(prometheus, port))) {
          server.awaitLine("Server is ready to receive web requests");
          URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/query");
          server.poll(TIMEOUT, () -> query(api, "up"), samples -> samples.size() >= SCRAPES);
          assertGapFree(api, script);
        }
        assertThat(exporter.terminate()).isEqualTo(143);
      }
    }
  }

  private List<String> command(String prometheus, int port) {
    return List.of(
        prometheus,
        "--config.file=prometheus.yml",
        "--storage.tsdb.path=" + folder.resolve("data"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  private void assertGapFree(URI api, EveryOtherFails script) throws Exception {
    // In this order: samples scraped between the queries appear only in the later results.
    Map<Double, Double> usdt = query(api, "okx_total_asset_valuation{ccy=\"USDT\"}");
    Map<Double, Double> btc = query(api, "okx_total_asset_valuation{ccy=\"BTC\"}");
    Map<Double, Double> failing = query(api, "okx_failing");
    Map<Double, Double> okxUp = query(api, "okx_up");
    NavigableMap<Double, Double> up = query(api, "up");

    assertThat(up.values()).containsOnly(1.0);
    assertPresentFromSecondScrape(usdt, up);
    assertPresentFromSecondScrape(btc, up);
    assertOnlyServed(usdt, script.served.get());
    assertOnlyServed(btc, script.served.get());
    assertThat(okxUp.values()).containsOnly(0.0, 1.0);
    assertThat(failing).isNotEmpty().allSatisfy((at, n) -> assertThat(okxUp.get(at)).isZero());
    assertThat(query(api, "okx_api_request_failures_total").lastEntry().getValue())
        .isGreaterThan(10);
  }

  /** All samples of one scrape, {@code up} included, have its timestamp. */
  private static void assertPresentFromSecondScrape(
      Map<Double, Double> series, NavigableMap<Double, Double> up) {
    Double second = up.higherKey(up.firstKey());
    double last = series.keySet().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    assertThat(series.keySet()).containsAll(up.subMap(second, true, last, true).keySet());
    assertThat(up.tailMap(last, false)).hasSizeLessThanOrEqualTo(1);
  }

  private static void assertOnlyServed(Map<Double, Double> series, long served) {
    assertThat(series.values())
        .allSatisfy(
            value -> assertThat(value).isBetween(1.0, (double) served).isEqualTo(Math.rint(value)));
    assertThat(List.copyOf(series.values())).isSorted();
    assertThat(series.values().stream().distinct()).hasSizeGreaterThan(5);
  }

  /** The samples by time, summed over series, without stale markers. */
  private NavigableMap<Double, Double> query(URI api, String selector) throws Exception {
    String query = "query=" + URLEncoder.encode(selector + "[10m]", UTF_8);
    JsonNode response = json.readTree(http.body(URI.create(api + "?" + query)));
    TreeMap<Double, Double> samples = new TreeMap<>();
    for (JsonNode series : response.path("data").path("result")) {
      for (JsonNode sample : series.path("values")) {
        samples.merge(sample.get(0).asDouble(), sample.get(1).asDouble(), Double::sum);
      }
    }
    return samples;
  }

  private static void requireFreePort() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(EXPORTER);
    } catch (IOException e) {
      throw new AssertionError(
          "The shipped prometheus.yml scrapes 127.0.0.1:10058, and something else listens there:"
              + " stop it, then run this test again.",
          e);
    }
  }
}
