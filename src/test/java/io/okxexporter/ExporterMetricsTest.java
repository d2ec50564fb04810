package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Awaiting;
import io.okxexporter.fixture.Configs;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.model.BuildInfo;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExporterMetricsTest {
  @Test
  void the_process_its_server_and_its_connections_are_measured() throws Exception {
    assertThat(prefixes(true)).contains("okx", "jvm", "process", "jetty", "okhttp");
  }

  @Test
  void only_the_metrics_of_okx_are_left_without_them() throws Exception {
    assertThat(prefixes(false)).containsExactly("okx");
  }

  private static Set<String> prefixes(boolean exporterMetrics) throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed();
        Exporter exporter =
            Exporter.live(
                Configs.load(null, exchange.environment()),
                new BuildInfo("test", "test", ""),
                false,
                exporterMetrics)) {
      Exporters.serve(exporter);
      Awaiting.until(() -> exporter.view().users().get(0).up());
      return Exporters.metrics(exporter)
          .lines()
          .filter(line -> line.startsWith("# TYPE "))
          .map(line -> line.replaceFirst("# TYPE ([a-z]+)_.*", "$1"))
          .collect(Collectors.toSet());
    }
  }
}
