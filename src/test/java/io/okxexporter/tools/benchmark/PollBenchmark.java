package io.okxexporter.tools.benchmark;

import io.okxexporter.fixture.Authority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures a poll over TLS at 50 ms of latency, compared with a bare loop at the same rate, and the
 * resources of the process. The exchange is a separate process and not counted.
 */
public final class PollBenchmark {
  private static final List<String> WAYS = List.of("exporter", "bare loop");
  private static final Duration WARM_UP = Duration.ofSeconds(90);
  private static final Duration MEASURED = Duration.ofSeconds(30);
  private static final int SCRAPES = 9;

  private PollBenchmark() {}

  /** Arguments: users, and Java options of the poller besides the shipped ones. */
  public static void main(String[] args) throws Exception {
    int users = args.length > 0 ? Integer.parseInt(args[0]) : 5400;
    List<String> options = new ArrayList<>(Arrays.asList(args));
    options.subList(0, Math.min(1, args.length)).clear();
    options.add(0, "@src/assembly/java.options");
    System.out.println(
        "| | polls/s | CPU µs/poll | allocated KB/poll | resident MB | threads | longest gap s |"
            + " violations | connections opened | failed | scrape ms, median/longest |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    boolean good = true;
    for (String way : WAYS) {
      good &= measure(way, users, options);
    }
    System.exit(good ? 0 : 1);
  }

  /** Returns false if any request failed or was too early since the start. */
  private static boolean measure(String way, int users, List<String> options) throws Exception {
    Authority authority = new Authority("benchmark");
    Path folder = Files.createTempDirectory("benchmark");
    Path keys = authority.issue("dns:localhost").keyStore(folder);
    List<String> all = new ArrayList<>(options);
    all.add("-Djavax.net.ssl.trustStore=" + authority.trustStore(folder));
    try (Target exchange = Target.java(List.of(), SlowExchange.class, users, keys);
        Target target = Target.java(all, PollTarget.class, way, exchange.line(), users)) {
      int port = Integer.parseInt(target.line());
      TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
      String before = exchange.ask();
      Duration cpu = target.cpu();
      long allocated = Long.parseLong(target.ask());
      long start = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
      long[] report = longs(exchange.ask());
      long polls = report[0] - longs(before)[0];
      double seconds = (System.nanoTime() - start) / 1e9;
      long allocatedBytes = Long.parseLong(target.ask()) - allocated;
      Duration used = target.cpu().minus(cpu);
      long resident = target.resident();
      String scrapes = port == 0 ? "-" : scrapes(port, target);
      long[] end = longs(exchange.ask());
      String failures = target.ask(PollTarget.FAILURES);
      boolean exporter = way.equals("exporter");
      System.out.printf(
          "| %s | %.0f | %.0f | %.1f | %.0f | %d | %.2f | %s | %d | %s | %s |%n",
          way,
          polls / seconds,
          used.toNanos() / 1e3 / polls,
          allocatedBytes / 1024.0 / polls,
          resident / 1e6,
          target.threads(),
          report[2] / 1e9,
          exporter ? end[1] : "-",
          end[3],
          failures,
          scrapes);
      return failures.equals("{}") && (!exporter || end[1] == 0);
    }
  }

  /** Scrapes once a second while polling continues. */
  private static String scrapes(int port, Target target) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .header("Accept-Encoding", "gzip")
            .build();
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < SCRAPES; i++) {
      TimeUnit.SECONDS.sleep(1);
      long start = System.nanoTime();
      if (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
        throw new IllegalStateException("no scrape");
      }
      waits.add(System.nanoTime() - start);
    }
    Collections.sort(waits);
    return "%.0f/%.0f; then %.0f MB"
        .formatted(
            waits.get(SCRAPES / 2) / 1e6, waits.get(SCRAPES - 1) / 1e6, target.resident() / 1e6);
  }

  private static long[] longs(String line) {
    return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
  }
}
