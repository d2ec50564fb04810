package io.okxexporter.dashboards;

import static io.okxexporter.fixture.SocketServer.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import io.okxexporter.tools.alertquality.SimulatedWeek;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of the dashboards has a result in a real Prometheus, and a member that is refused at
 * the end of a graph is no loss in it. The Prometheus holds a simulated week with faults, and then
 * scrapes a real exporter with more users than the twenty largest.
 */
class DashboardsIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration WEEK = Duration.ofDays(7);

  /**
   * Large enough to build the blocks in seconds, and small enough for two samples within 5 minutes.
   */
  private static final int MINUTES_BETWEEN_SCRAPES = 2;

  private final ObjectMapper json = new ObjectMapper();
  private final Http http = new Http();

  /** The week ends before the exporter starts, whose users would have no value seven days ago. */
  private final Instant start = Instant.now().minus(WEEK).minusSeconds(180);

  @TempDir Path folder;

  @Test
  void every_query_finds_something() throws Exception {
    backfill();
    int metrics = freePort();
    int port = freePort();
    try (Child exporter = exporter(metrics);
        Child prometheus = prometheus(port, metrics)) {
      exporter.awaitLine("msg=\"serving");
      prometheus.awaitLine("Server is ready to receive web requests");
      URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
      String ready =
          "sum(okx_up{user=~\"user.*\"}) == 25 and on () count(count by (alertname) (ALERTS)) == 2"
              + " and on () max(rate(jetty_server_requests_seconds_count[1m]))";
      prometheus.poll(TIMEOUT, () -> hasResultNow(api, ready), found -> found);
      assertThat(queriesWithoutResult(api)).isEmpty();
      assertThat(valueOverTheDay(api)).isPositive().isEqualTo(valueOfTheOthers(api));
    }
  }

  /** The value in the graph a day before its end, at which the key of one member is refused. */
  private double valueOverTheDay(URI api) throws Exception {
    Query query =
        Dashboard.all().get(0).panelQueries().stream()
            .filter(each -> each.place().endsWith(": Value in $ccy, with and without flows, A"))
            .findAny()
            .orElseThrow();
    String range = "&step=600&start=" + dayBefore() + "&end=" + (dayBefore() + 86_400);
    JsonNode response =
        json.readTree(
            http.body(URI.create(api + "query_range?query=" + encoded(query.promQl()) + range)));
    return response.at("/data/result/0/values/0/1").asDouble();
  }

  private double valueOfTheOthers(URI api) throws Exception {
    String others =
        "round(sum(max by (user)"
            + " (okx_total_asset_valuation{ccy=\"USDT\", user!=\"altcoins\"})), 0.01)";
    String time = "&time=" + dayBefore();
    JsonNode response =
        json.readTree(http.body(URI.create(api + "query?query=" + encoded(others) + time)));
    return response.at("/data/result/0/value/1").asDouble();
  }

  /** A day before the middle of the seven hours in which the key is refused. */
  private long dayBefore() {
    return start.plus(Duration.ofDays(4).plusHours(18)).getEpochSecond();
  }

  private List<Query> queriesWithoutResult(URI api) throws Exception {
    List<Query> empty = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      for (Query query : dashboard.queries()) {
        if (!hasResultNow(api, query.promQl()) && !hasResultInWeek(api, query.promQl())) {
          empty.add(query);
        }
      }
    }
    return empty;
  }

  private boolean hasResultNow(URI api, String query) throws Exception {
    return hasResult(URI.create(api + "query?query=" + encoded(query)));
  }

  /** Whether the query has a result in that week, whose end has values of seven days before. */
  private boolean hasResultInWeek(URI api, String query) throws Exception {
    long first = start.getEpochSecond() + 120;
    String range = "&step=600&start=" + first + "&end=" + (first + WEEK.toSeconds());
    return hasResult(URI.create(api + "query_range?query=" + encoded(query) + range));
  }

  private boolean hasResult(URI url) throws IOException, InterruptedException {
    JsonNode response = json.readTree(http.body(url));
    return !response.path("data").path("result").isEmpty();
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, UTF_8);
  }

  private void backfill() throws Exception {
    Path week = folder.resolve("week.om");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(week))) {
      SimulatedWeek.write(start.getEpochSecond(), MINUTES_BETWEEN_SCRAPES, out);
    }
    load(week);
    load(Files.writeString(folder.resolve("ledgers.om"), ledgers()));
  }

  private void load(Path samples) throws IOException, InterruptedException {
    Command.of(
            Command.program("promtool"),
            "tsdb",
            "create-blocks-from",
            "openmetrics",
            "--max-block-duration=192h",
            samples.toString(),
            data())
        .in(folder)
        .run()
        .succeeded();
  }

  /**
   * What ledgers state on the last day of that week: those of one user are read, of one still being
   * read, and of one failing.
   */
  private String ledgers() {
    // Within the minute before one of the points in time of hasResultInWeek.
    double flowed = lastDay() + 100.0;
    StringBuilder text = new StringBuilder();
    add(text, "okx_index_price", 60_000, "ccy=\"BTC\",quote=\"USDT\"");
    for (String user : List.of("main", "market-maker", "altcoins")) {
      add(text, "okx_ledger_interval_seconds", 30, "user=\"" + user + "\",ledger=\"funding\"");
    }
    String failing = "user=\"altcoins\",ledger=\"funding\",reason=\"timeout\"";
    add(text, "okx_ledger_failing", 1, failing);
    add(text, "okx_flows", 1, "user=\"main\",kind=\"withdrawal\",direction=\"out\"");
    List<String> flows =
        List.of(
            "kind=\"withdrawal\",direction=\"out\"",
            "kind=\"deposit\",direction=\"in\"",
            "kind=\"custody\",direction=\"out\"");
    String rest = ",user=\"main\",ccy=\"BTC\",time=\"t\"";
    flows.forEach(flow -> add(text, "okx_flow_amount", 0.5, flow + rest));
    flows.forEach(flow -> add(text, "okx_flow_timestamp_seconds", flowed, flow + rest));
    add(text, "okx_withdrawals_pending", 1, "user=\"main\",stage=\"cancellable\"");
    add(text, "okx_withdrawal_amount", 0.5, "stage=\"cancellable\"" + rest);
    add(text, "okx_withdrawal_timestamp_seconds", flowed, "stage=\"cancellable\"" + rest);
    return text + "# EOF\n";
  }

  private long lastDay() {
    return start.plus(WEEK).minus(Duration.ofDays(1)).getEpochSecond();
  }

  private void add(StringBuilder text, String metric, double value, String labels) {
    if (text.indexOf("# TYPE " + metric + " ") < 0) {
      text.append("# TYPE ").append(metric).append(" gauge\n");
    }
    for (long time = lastDay(); time < lastDay() + 86_400; time += 120) {
      text.append(metric).append("{job=\"okx\",instance=\"a\",").append(labels).append("} ");
      text.append(value).append(' ').append(time).append('\n');
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static Child exporter(int port) throws IOException {
    return Child.jar(
        Map.of(), "--simulate", "--simulate.users=25", "--web.listen-address=127.0.0.1:" + port);
  }

  private Child prometheus(int port, int metrics) throws IOException {
    Files.writeString(
        folder.resolve("rules.yml"),
        """
        groups:
        - name: marked on one dashboard each
          rules:
          - {alert: OkxAssetsLeft, expr: okx_up == 1, labels: {severity: critical}}
          - {alert: OkxKeyRefused, expr: okx_up == 1, labels: {severity: critical}}
        """);
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yml]
            scrape_configs: [{job_name: okx, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
            """
                .formatted(metrics));
    return Child.start(
        Map.of(),
        List.of(
            Command.program("prometheus"),
            "--config.file=" + config,
            "--storage.tsdb.path=" + data(),
            "--web.listen-address=127.0.0.1:" + port));
  }
}
