package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.okxexporter.fixture.Command;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebMetricsTest {
  @TempDir private Path folder;

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM);

  @Test
  void counts_by_known_path_and_status_alone() throws Exception {
    String text = metricsAfterRequests();
    assertThat(text.lines().filter(line -> line.startsWith("jetty_server_requests_seconds_count")))
        .containsExactlyInAnyOrder(
            "jetty_server_requests_seconds_count{path=\"/\",status=\"200\"} 1",
            "jetty_server_requests_seconds_count{path=\"/-/ready\",status=\"200\"} 1",
            "jetty_server_requests_seconds_count{path=\"/metrics\",status=\"200\"} 2",
            "jetty_server_requests_seconds_count{path=\"/metrics\",status=\"405\"} 1",
            "jetty_server_requests_seconds_count{path=\"other\",status=\"404\"} 50",
            "jetty_server_requests_seconds_count{path=\"other\",status=\"405\"} 1");
    assertThat(text.lines().filter(line -> line.startsWith("# TYPE ")))
        .containsExactlyInAnyOrder(
            "# TYPE jetty_connections_current_connections gauge",
            "# TYPE jetty_connections_max_connections gauge",
            "# TYPE jetty_connections_messages_in_messages_total counter",
            "# TYPE jetty_connections_messages_out_messages_total counter",
            "# TYPE jetty_server_requests_seconds summary",
            "# TYPE jetty_server_requests_seconds_max gauge",
            "# TYPE jetty_threads_busy gauge",
            "# TYPE jetty_threads_config_max gauge",
            "# TYPE jetty_threads_config_min gauge",
            "# TYPE jetty_threads_current gauge",
            "# TYPE jetty_threads_idle gauge",
            "# TYPE jetty_threads_jobs gauge");
  }

  @Test
  void promtool_has_nothing_to_say() throws Exception {
    Command.checkMetrics(metricsAfterRequests(), folder);
  }

  /** Requests are counted after their responses, but before the server is closed. */
  private String metricsAfterRequests() throws Exception {
    try (WebFixture web = new WebFixture((request, out) -> {}, meters)) {
      for (int i = 0; i < 50; i++) {
        web.get("/random" + i);
      }
      web.get("/");
      web.get("/-/ready");
      web.get("/metrics");
      web.send("HEAD", "/metrics?x=1");
      web.send("TRACE", "/metrics");
      web.send("MADE-UP", "/random");
    }
    return meters.scrape();
  }
}
