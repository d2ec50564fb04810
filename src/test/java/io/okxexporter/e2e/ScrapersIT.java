package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.Exporter;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.fixture.Users;
import io.okxexporter.metrics.MetricFamily;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.User;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.store.UnitView;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A hundred concurrent scrapers: every response is complete and consistent, and none waits for OKX.
 */
class ScrapersIT {
  private static final int SCRAPERS = 100;
  private static final int USERS = 20;
  private static final List<String> UNITS = List.of("USDT", "BTC");

  private final Http http = new Http();
  private final ExecutorService threads = Executors.newFixedThreadPool(SCRAPERS);
  private final CyclicBarrier together = new CyclicBarrier(SCRAPERS);

  @Test
  void while_polls_run_and_while_the_exchange_stalls() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(USERS)) {
      AtomicLong responses = new AtomicLong();
      CountDownLatch enough = new CountDownLatch(3 * USERS * UNITS.size());
      exchange.exchange.script(
          request -> {
            enough.countDown();
            return LocalExchange.worth(responses.incrementAndGet());
          });
      try (Exporter exporter = exporter(exchange)) {
        URI url =
            URI.create("http://127.0.0.1:" + exporter.addresses().get(0).getPort() + "/metrics");
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        scrapeWhilePollsRun(url, responses);
        scrapeWhileStalled(url, exchange);
        assertOnlyServedValuesAreStored(exporter, responses.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void scrapeWhilePollsRun(URI url, AtomicLong responses) throws Exception {
    long before = responses.get();
    Set<Double> seen = new HashSet<>();
    for (int round = 0; responses.get() < before + 2 * USERS; round++) {
      assertThat(round).isLessThan(1_000);
      for (Metrics metrics : allAtOnce(url)) {
        assertWholeAndConsistent(metrics);
        seen.add(metrics.value("okx_total_asset_valuation{ccy=\"USDT\",user=\"user1\"}"));
      }
    }
    assertThat(seen).as("the values of different polls").hasSizeGreaterThan(1);
  }

  private void scrapeWhileStalled(URI url, LocalExchange exchange) throws Exception {
    CountDownLatch stalled = new CountDownLatch(USERS);
    exchange.exchange.script(
        request -> {
          stalled.countDown();
          return Behaviour.of(new Reaction.Stall());
        });
    assertThat(stalled.await(60, TimeUnit.SECONDS)).isTrue();
    for (Metrics metrics : allAtOnce(url)) {
      assertWholeAndConsistent(metrics);
      // No stalled request had ended yet, so no scrape waited for one.
      metrics
          .labelSets("okx_up")
          .forEach(user -> assertThat(metrics.value("okx_up" + user)).isOne());
      assertThat(metrics.labelSets("okx_failing")).isEmpty();
    }
  }

  private List<Metrics> allAtOnce(URI url) throws Exception {
    Callable<Metrics> scraper =
        () -> {
          together.await(30, TimeUnit.SECONDS);
          return http.scrape(url);
        };
    List<Metrics> all = new ArrayList<>();
    for (Future<Metrics> scraped : threads.invokeAll(Collections.nCopies(SCRAPERS, scraper))) {
      all.add(scraped.get());
    }
    return all;
  }

  private static final EnumSet<MetricFamily> OF_THE_DIAGNOSIS =
      EnumSet.range(MetricFamily.OKX_CLOCK_SKEW_SECONDS, MetricFamily.OKX_LEDGER_FAILING);

  private static void assertWholeAndConsistent(Metrics metrics) {
    EnumSet<MetricFamily> healthy = EnumSet.allOf(MetricFamily.class);
    healthy.removeAll(EnumSet.of(MetricFamily.OKX_FAILING, MetricFamily.OKX_API_ERRORS_TOTAL));
    healthy.removeAll(OF_THE_DIAGNOSIS);
    for (MetricFamily family : healthy) {
      assertThat(metrics.text()).contains("# TYPE " + family.exposedName() + " ");
    }
    assertThat(metrics.text()).contains("jvm_threads_current", "jetty_", "okhttp_");
    Set<String> units = metrics.labelSets("okx_total_asset_valuation");
    assertThat(units).hasSize(USERS * UNITS.size());
    for (String labels : units) {
      double total = metrics.value("okx_total_asset_valuation" + labels);
      String account = "{account=\"funding\"," + labels.substring(1);
      assertThat(metrics.value("okx_asset_valuation" + account)).isEqualTo(total);
      assertThat(metrics.value("okx_asset_valuation_timestamp_seconds" + labels)).isEqualTo(total);
    }
  }

  private static void assertOnlyServedValuesAreStored(Exporter exporter, long served) {
    assertThat(exporter.view().users())
        .flatMap(user -> user.units())
        .extracting(UnitView::valuation)
        .allSatisfy(
            valuation -> {
              assertThat(valuation).isNotNull();
              assertThat(valuation.total().longValueExact()).isBetween(1L, served);
            });
  }

  private static Exporter exporter(LocalExchange exchange) throws Exception {
    List<User> users =
        exchange.users().stream().map(user -> Users.at(exchange.url(), user, UNITS)).toList();
    Exporter exporter =
        Exporter.live(
            Users.config(Duration.ofSeconds(1), false, users),
            new BuildInfo("test", "test", ""),
            true,
            true);
    Exporters.serve(exporter);
    return exporter;
  }
}
