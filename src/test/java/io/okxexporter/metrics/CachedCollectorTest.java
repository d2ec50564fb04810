package io.okxexporter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import org.junit.jupiter.api.Test;

class CachedCollectorTest {
  private static final long SECOND = 1_000_000_000;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private int collections;
  private long nanos = -SECOND;

  CachedCollectorTest() {
    PrometheusRegistry expensive = new PrometheusRegistry();
    GaugeWithCallback.builder()
        .name("collections")
        .callback(gauge -> gauge.call(++collections))
        .register(expensive);
    registry.register(new CachedCollector(expensive, () -> nanos));
  }

  @Test
  void scrapes_within_a_second_share_what_was_collected() {
    assertThat(scrape()).isEqualTo(1);
    nanos += SECOND - 1;
    assertThat(scrape()).isEqualTo(1);
    nanos += 1;
    assertThat(scrape()).isEqualTo(2);
    nanos += SECOND - 1;
    assertThat(scrape()).isEqualTo(2);
  }

  @Test
  void a_name_that_is_not_asked_for_is_left_out() {
    assertThat(registry.scrape(name -> name.equals("collections")).stream()).hasSize(1);
    assertThat(registry.scrape(name -> name.equals("others")).stream()).isEmpty();
  }

  private double scrape() {
    return ((GaugeSnapshot) registry.scrape().get(0)).getDataPoints().get(0).getValue();
  }
}
