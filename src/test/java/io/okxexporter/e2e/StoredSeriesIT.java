package io.okxexporter.e2e;

import static io.okxexporter.fixture.SocketServer.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.Metrics;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that scrape the jar store each series of the exporter, and no other, as it is. */
class StoredSeriesIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final String TOTAL = "okx_total_asset_valuation";
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final ObjectMapper json = new ObjectMapper();
  private final Http http = new Http();

  @TempDir Path folder;
  private int port;

  @BeforeEach
  void choosePort() throws Exception {
    port = freePort();
  }

  @Test
  void prometheus_stores_them_with_their_units() throws Exception {
    String prometheus = Command.program("prometheus");
    try (LocalExchange exchange = exchange();
        Child exporter = exporter(exchange);
        Child database =
            Child.start(
                Map.of(),
                List.of(
                    prometheus,
                    "--config.file=" + scrapes(exporter),
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port))) {
      database.awaitLine("Server is ready to receive web requests");
      assertStored(exporter, database);
      JsonNode metadata = api("metadata", "metric=okx_last_success_timestamp_seconds");
      assertThat(metadata.at("/data/okx_last_success_timestamp_seconds/0/unit").asText())
          .isEqualTo("seconds");
    }
  }

  @Test
  void victoria_metrics_stores_them() throws Exception {
    String victoriaMetrics = Command.program("victoria-metrics");
    try (LocalExchange exchange = exchange();
        Child exporter = exporter(exchange);
        Child database =
            Child.start(
                Map.of(),
                List.of(
                    victoriaMetrics,
                    "-promscrape.config=" + scrapes(exporter),
                    "-storageDataPath=" + folder.resolve("data"),
                    "-search.latencyOffset=0s",
                    "-httpListenAddr=127.0.0.1:" + port))) {
      database.poll(TIMEOUT, this::isListening, listening -> listening);
      assertStored(exporter, database);
    }
  }

  /** Its values stay the same, so that every scrape of every database is one and the same. */
  private static LocalExchange exchange() throws Exception {
    LocalExchange exchange = LocalExchange.named(2);
    exchange.exchange.script(request -> LocalExchange.worth(31_415));
    return exchange;
  }

  private Child exporter(LocalExchange exchange) throws Exception {
    Path config = folder.resolve("okx.yml");
    Files.writeString(config, "diagnosis: false\n" + exchange.yaml());
    return Child.jar(Map.of(), "--config.file=" + config, "--web.listen-address=127.0.0.1:0");
  }

  private Path scrapes(Child exporter) throws Exception {
    URI url = url(exporter);
    return Files.writeString(
        folder.resolve("scrapes.yml"),
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: okx
            static_configs:
              - targets: ["%s"]
        """
            .formatted(url.getAuthority()));
  }

  private static URI url(Child exporter) throws Exception {
    return Http.url(exporter.awaitLine("msg=\"serving.* url=http://127.0.0.1:"));
  }

  private void assertStored(Child exporter, Child database) throws Exception {
    Metrics scraped =
        exporter.poll(
            TIMEOUT, () -> http.scrape(url(exporter)), it -> it.labelSets(TOTAL).size() == 4);
    Set<String> expected =
        scraped.samples().keySet().stream()
            .filter(series -> series.startsWith("okx_"))
            .map(StoredSeriesIT::sorted)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(expected).hasSizeGreaterThan(50);
    Set<String> stored = database.poll(TIMEOUT, this::series, expected::equals);
    assertThat(stored).isEqualTo(expected);
    JsonNode values = api("query", "query=" + TOTAL).at("/data/result");
    assertThat(values).hasSize(4);
    assertThat(values).allMatch(it -> it.at("/value/1").asText().equals("31415"));
  }

  /** Its log says that it listens before it does. */
  private boolean isListening() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private Set<String> series() throws Exception {
    String selector = URLEncoder.encode("{__name__=~\"okx_.+\"}", UTF_8);
    Set<String> series = new TreeSet<>();
    for (JsonNode labels : api("series", "match[]=" + selector).path("data")) {
      series.add(series((ObjectNode) labels));
    }
    return series;
  }

  private static String series(ObjectNode labels) {
    String name = labels.remove("__name__").asText();
    labels.remove(List.of("job", "instance"));
    Map<String, String> sorted = new TreeMap<>();
    labels.properties().forEach(it -> sorted.put(it.getKey(), it.getValue().asText()));
    return name + sorted;
  }

  /** The series in the same form: its name, and its labels by name. */
  private static String sorted(String series) {
    Map<String, String> labels = new TreeMap<>();
    LABEL.matcher(series).results().forEach(it -> labels.put(it.group(1), it.group(2)));
    return series.replaceFirst("\\{.*", "") + labels;
  }

  private JsonNode api(String path, String query) throws Exception {
    String url = "http://127.0.0.1:" + port + "/api/v1/" + path + "?";
    return json.readTree(http.body(URI.create(url + query.replace("[]", "%5B%5D"))));
  }
}
