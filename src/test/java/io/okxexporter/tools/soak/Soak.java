package io.okxexporter.tools.soak;

import io.okxexporter.Exporter;
import io.okxexporter.config.Config;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.Configs;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.World;
import io.okxexporter.okx.Transport;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Runs the whole exporter in virtual time, from the text of its configuration to its rendered
 * metrics; only clock, timer and transport are simulated.
 */
final class Soak {
  private final Plan plan;
  private final PrintStream out;
  private final VirtualTime time = new VirtualTime(World.START);
  private final FaultyExchange exchange;
  private final ScrapeCheck check;
  private final FlowCheck flows;
  private final Exporter exporter;
  private final List<Long> heapBytes = new ArrayList<>();
  private final List<Integer> threads = new ArrayList<>();

  /**
   * The result of a soak.
   *
   * @param flows samples of flows checked
   * @param missedFlows those that the ledger held when it was read, and that were not shown
   * @param wrongFlows those shown twice, with another amount, or not in the ledger
   * @param stuck users that are not up at the end, after an hour without faults
   * @param heapBytes in use after each day
   * @param threads after each day
   */
  record Result(
      long requests,
      long violations,
      long samples,
      long wrong,
      long flows,
      long missedFlows,
      long wrongFlows,
      long stuck,
      List<Long> heapBytes,
      List<Integer> threads) {}

  /**
   * @param wrapper wraps the transport between exporter and exchange; usually the identity
   */
  Soak(Plan plan, Function<Transport, Transport> wrapper, PrintStream out)
      throws IOException, ConfigException {
    this.plan = plan;
    this.out = out;
    exchange = new FaultyExchange(plan, time);
    check = new ScrapeCheck(plan, exchange);
    flows = new FlowCheck(plan, exchange.ledgers());
    exporter =
        Exporters.of(
            config(plan),
            new Exporter.Ports(time, time, wrapper.apply(exchange)),
            new Random(plan.seed()));
  }

  private static Config config(Plan plan) throws IOException, ConfigException {
    Path file = Files.createTempFile("soak", ".yml");
    try {
      Files.writeString(file, plan.yaml());
      return Configs.load(file);
    } finally {
      Files.delete(file);
    }
  }

  Result run() {
    exporter.start();
    long step = plan.scrapeEvery().toNanos();
    long day = Duration.ofDays(1).toNanos();
    for (long at = step; at <= plan.length().toNanos(); at += step) {
      time.advance(plan.scrapeEvery());
      String metrics = Exporters.metrics(exporter);
      check.check(metrics, time.nanoTime(), time.now().toEpochMilli());
      flows.check(metrics, time.now().toEpochMilli());
      if (at / day > (at - step) / day) {
        endDay(at / day);
      }
    }
    return report();
  }

  private void endDay(long day) {
    heapBytes.add(heapInUse());
    threads.add(ManagementFactory.getThreadMXBean().getThreadCount());
    out.printf(
        "day %2d: %,d requests, %d too early, %d wrong values, %d threads, heap %.1f MB%n",
        day,
        exchange.requests(),
        exchange.violations(),
        check.wrong(),
        threads.get(threads.size() - 1),
        heapBytes.get(heapBytes.size() - 1) / 1e6);
  }

  private static long heapInUse() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private Result report() {
    String metrics = Exporters.metrics(exporter);
    long stuck = metrics.lines().filter(line -> line.matches("okx_up\\{.*} 0.0")).count();
    double possible = (double) plan.users() * plan.length().toSeconds();
    out.printf(
        "requests              %,d, %,d of them failed%n", exchange.requests(), exchange.faults());
    out.printf("rate-limit violations %d%n", exchange.violations());
    out.printf(
        "budget used           %.2f %% of a request a second%n",
        100 * exchange.requests() / possible);
    for (int unit = 0; unit < plan.units(); unit++) {
      AgeHistogram ages = exchange.ages(unit);
      out.printf(
          "age before refresh    %s: 99th percentile %.1f s, worst %.1f s%n",
          plan.unit(unit), ages.secondsAt(0.99), ages.worstSeconds());
    }
    out.printf("failures              %s%n", Metrics.parse(metrics).failures());
    out.printf("values looked at      %,d, wrong %d%n", check.samples(), check.wrong());
    out.printf(
        "flows looked at       %,d, missed %d, wrong %d%n",
        flows.flows(), flows.missed(), flows.wrong());
    out.printf("stuck users           %d%n", stuck);
    return new Result(
        exchange.requests(),
        exchange.violations(),
        check.samples(),
        check.wrong(),
        flows.flows(),
        flows.missed(),
        flows.wrong(),
        stuck,
        heapBytes,
        threads);
  }
}
