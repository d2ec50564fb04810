package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.web.config.WebSettings;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole scrape, with the metrics of Java, Jetty and OkHttp. */
class OpenMetricsTest {
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\S+) ");
  private static final Pattern UNIT = Pattern.compile("(?m)^# UNIT (.+)$");

  private final Http http = new Http();

  @Test
  void every_family_named_after_a_unit_states_it_and_no_other_does() throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed();
        Exporter exporter = Exporters.running(exchange.environment(), () -> WebSettings.NONE)) {
      for (String version : List.of("1.0.0", "0.0.1")) {
        String accept = "application/openmetrics-text;version=" + version;
        scrape(exporter, accept); // counted by Jetty's metrics in the next
        HttpResponse<String> openMetrics = scrape(exporter, accept);
        assertThat(openMetrics.headers().firstValue("Content-Type").orElseThrow())
            .startsWith("application/openmetrics-text; version=" + version);
        assertThat(found(UNIT, openMetrics.body()))
            .containsExactlyInAnyOrderElementsOf(
                found(FAMILY, openMetrics.body()).stream()
                    .filter(it -> it.endsWith("_seconds") || it.endsWith("_bytes"))
                    .map(it -> it + " " + it.substring(it.lastIndexOf('_') + 1))
                    .toList())
            .contains(
                "okx_api_request_duration_seconds seconds",
                "jvm_memory_used_bytes bytes",
                "process_cpu_seconds seconds",
                "jetty_server_requests_seconds seconds");
        assertThat(openMetrics.body()).endsWith("\n# EOF\n");
      }
      assertThat(scrape(exporter, "text/plain").body()).doesNotContain("# UNIT", "# EOF");
    }
  }

  private HttpResponse<String> scrape(Exporter exporter, String accept) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + exporter.addresses().get(0).getPort() + "/metrics");
    return http.get(url, Map.of("Accept", accept));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toList());
  }
}
