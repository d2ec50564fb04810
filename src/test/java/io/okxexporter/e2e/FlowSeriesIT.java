package io.okxexporter.e2e;

import static io.okxexporter.fixture.SocketServer.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.model.Bill;
import io.okxexporter.simulator.ScriptedLedger;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus sees one series per flow, however often the exporter restarts. */
class FlowSeriesIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int FLOWS = 12;

  private final ObjectMapper json = new ObjectMapper();
  private final Http http = new Http();

  @TempDir Path folder;

  @Test
  void one_series_per_flow_over_three_restarts() throws Exception {
    String prometheus = Command.program("prometheus");
    int exporterPort = freePort();
    int port = freePort();
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      write(exchange.exchange.ledgers().of(exchange.users().get(0).uid()));
      try (Child database = prometheus(prometheus, exporterPort, port)) {
        database.awaitLine("Server is ready to receive web requests");
        List<Set<String>> seen = new ArrayList<>();
        for (int start = 0; start < 4; start++) {
          try (Child exporter = exporter(exchange, exporterPort)) {
            exporter.poll(TIMEOUT, () -> current(port), flows -> flows.size() == FLOWS);
            seen.add(current(port));
          }
          database.poll(TIMEOUT, () -> current(port), Set::isEmpty);
        }
        assertThat(seen).containsOnly(seen.get(0));
        assertThat(flows(port, "last_over_time(okx_flow_amount[10m])")).isEqualTo(seen.get(0));
      }
    }
  }

  /** Withdrawals and deposits of two coins, two at each instant. */
  private static void write(ScriptedLedger ledger) {
    Instant now = Instant.now();
    for (int i = 0; i < FLOWS; i++) {
      BigDecimal change = new BigDecimal(i % 2 == 0 ? "-0.5" : "1.25");
      Instant at = now.minus(Duration.ofHours(5L * (i / 2)));
      ledger.add(
          new Bill(
              Integer.toString(i + 1),
              at,
              i % 4 < 2 ? "BTC" : "ETH",
              change,
              i % 2 == 0 ? "2" : "1"));
    }
  }

  private static Child exporter(LocalExchange exchange, int port) throws Exception {
    return Child.jar(exchange.environment(), "--web.listen-address=127.0.0.1:" + port);
  }

  private Child prometheus(String program, int exporterPort, int port) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: okx
                static_configs:
                  - targets: ["127.0.0.1:%d"]
            """
                .formatted(exporterPort));
    return Child.start(
        Map.of(),
        List.of(
            program,
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port));
  }

  private Set<String> current(int port) throws Exception {
    return flows(port, "okx_flow_amount");
  }

  /** Labels and value of each series. */
  private Set<String> flows(int port, String query) throws Exception {
    URI url =
        URI.create(
            "http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8));
    Set<String> flows = new TreeSet<>();
    for (JsonNode result : json.readTree(http.body(url)).at("/data/result")) {
      JsonNode labels = result.path("metric");
      flows.add(
          String.join(
              " ",
              labels.path("kind").asText(),
              labels.path("direction").asText(),
              labels.path("ccy").asText(),
              labels.path("time").asText(),
              result.at("/value/1").asText()));
    }
    return flows;
  }
}
