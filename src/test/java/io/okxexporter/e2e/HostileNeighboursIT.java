package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.e2e.HostileNeighbours.AttackCounts;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.Metrics;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile clients around a well-behaved Prometheus: its scrapes succeed and are complete; memory,
 * connections and threads stay bounded; nothing is lost. docs/BENCHMARKS.md has the time of a
 * scrape meanwhile.
 */
class HostileNeighboursIT {
  private static final int USERS = 20;
  private static final int SCRAPES = 20;

  /** A thousand connections stay open, and a hundred are opening or closing. */
  private static final int MOST_CONNECTIONS = 1100;

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String RIGHT = HostileNeighbours.basic("prometheus", "right");

  /** Enough memory without the hostile clients; an OutOfMemoryError ends the process. */
  private static final Map<String, String> LITTLE_MEMORY =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -Xmx64m -XX:+ExitOnOutOfMemoryError");

  private static final String REQUESTS =
      "okx_api_requests_total{endpoint=\"/api/v5/asset/asset-valuation\",user=\"user1\"}";

  @TempDir private Path folder;
  private final Http http = new Http();

  @Test
  void take_nothing_from_a_well_behaved_prometheus() throws Exception {
    try (Child exporter = exporter()) {
      URI url = Http.url(exporter.awaitLine("msg=.?serving")).resolve("/metrics");
      Metrics before = exporter.poll(TIMEOUT, () -> scrape(url), HostileNeighboursIT::isAllUp);
      try (HostileNeighbours neighbours =
          new HostileNeighbours(new InetSocketAddress(url.getHost(), url.getPort()), RIGHT)) {
        neighbours.start();
        AttackCounts none = new AttackCounts(0, 0, 0);
        exporter.poll(TIMEOUT, neighbours::counts, counts -> counts.all(none));
        AttackCounts counts = neighbours.counts();
        Metrics last = before;
        for (int i = 0; i < SCRAPES || !neighbours.counts().all(counts); i++) {
          last = scrapeAfter(last, url);
          assertThat(last.value("process_open_fds"))
              .isLessThanOrEqualTo(before.value("process_open_fds") + MOST_CONNECTIONS + 2 * USERS);
        }
        assertThat(last.value(REQUESTS)).isGreaterThan(before.value(REQUESTS));
      }
      exporter.poll(TIMEOUT, () -> scrape(url), now -> isBack(now, before));
    }
  }

  private Metrics scrapeAfter(Metrics last, URI url) throws Exception {
    Metrics now = scrape(url);
    assertThat(isAllUp(now)).isTrue();
    assertThat(now.labelSets("okx_total_asset_valuation")).hasSize(2 * USERS);
    assertThat(now.value("jetty_connections_current_connections"))
        .isLessThanOrEqualTo(MOST_CONNECTIONS);
    assertThat(now.value("jvm_threads_current")).isLessThan(100 + 2 * USERS);
    last.samples().keySet().stream()
        .filter(series -> series.startsWith("okx_api_requests_total"))
        .forEach(
            series -> assertThat(now.value(series)).isGreaterThanOrEqualTo(last.value(series)));
    return now;
  }

  /** Whether every user is up and no request has failed, not even by a local rate limit. */
  private static boolean isAllUp(Metrics metrics) {
    return metrics.labelSets("okx_up").size() == USERS
        && metrics.samples().entrySet().stream()
            .filter(it -> it.getKey().startsWith("okx_up"))
            .allMatch(it -> it.getValue() == 1)
        && metrics.samples().entrySet().stream()
            .filter(it -> it.getKey().startsWith("okx_api_request_failures_total"))
            .allMatch(it -> it.getValue() == 0);
  }

  /** Whether only this client is connected, with no threads left for the others. */
  private static boolean isBack(Metrics now, Metrics before) {
    return isAllUp(now)
        && now.value("jetty_connections_current_connections") <= 1
        && now.value("jvm_threads_current") <= before.value("jvm_threads_current") + 20;
  }

  private Metrics scrape(URI url) throws Exception {
    HttpResponse<String> response = http.get(url, Map.of("Authorization", RIGHT));
    assertThat(response.statusCode()).isEqualTo(200);
    return Metrics.parse(response.body());
  }

  private Child exporter() throws Exception {
    String hash = BCrypt.withDefaults().hashToString(10, "right".toCharArray());
    Path web = folder.resolve("web.yml");
    Files.writeString(web, "basic_auth_users:\n  prometheus: " + hash + "\n");
    return Child.jar(
        LITTLE_MEMORY,
        "--simulate",
        "--simulate.users=" + USERS,
        "--web.listen-address=127.0.0.1:0",
        "--web.config.file=" + web);
  }
}
