package io.okxexporter.tools.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures the cost of a scrape to the serving process, and the scraper's wait. */
public final class ScrapeBenchmark {
  private static final List<String> WAYS =
      List.of("exporter", "exporter-all-changed", "client_java", "jetty");

  /** Measured in CPU time rather than elapsed time, so that a busy machine warms up equally. */
  private static final Work WARM_UP = new Work(Duration.ofSeconds(10), Duration.ofSeconds(20));

  private static final Work MEASURED = new Work(Duration.ofMillis(500), Duration.ofSeconds(3));

  /** An amount of the target's CPU time, with an upper bound on elapsed time. */
  private record Work(Duration cpu, Duration longest) {}

  /** The number of users and of units per user. */
  private record Size(int users, int units) {
    int samples() {
      return users * (17 + 10 * units);
    }
  }

  private final ExecutorService scrapers = Executors.newFixedThreadPool(8);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ScrapeBenchmark() {}

  /** Arguments: sizes as users times units, such as 270x2; by default those of the table. */
  public static void main(String[] args) throws Exception {
    String[] sizes =
        args.length > 0 ? args : new String[] {"1x1", "27x2", "270x2", "2700x2", "5320x3"};
    System.out.println("| samples | encoding | clients | " + String.join(" | ", WAYS) + " |");
    System.out.println("|---|---|---|" + "---|".repeat(WAYS.size()));
    ScrapeBenchmark benchmark = new ScrapeBenchmark();
    for (String size : sizes) {
      int[] parts = Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
      benchmark.measure(new Size(parts[0], parts[1]));
    }
    System.exit(0);
  }

  private void measure(Size size) throws Exception {
    List<Target> targets = new ArrayList<>();
    List<URI> urls = new ArrayList<>();
    for (String way : WAYS) {
      Target target = Target.java(List.of(), ScrapeTarget.class, way, size.users(), size.units());
      targets.add(target);
      urls.add(URI.create("http://127.0.0.1:" + target.line() + "/metrics"));
    }
    for (int i = 0; i < targets.size(); i++) {
      scrape(targets.get(i), request(urls.get(i), "gzip"), 2, WARM_UP);
      scrape(targets.get(i), request(urls.get(i), "identity"), 2, WARM_UP);
    }
    for (String encoding : List.of("identity", "gzip")) {
      for (int clients : new int[] {1, 8}) {
        StringBuilder row =
            new StringBuilder("| %,d | %s | %d |".formatted(size.samples(), encoding, clients));
        for (int i = 0; i < targets.size(); i++) {
          row.append(' ')
              .append(measure(targets.get(i), urls.get(i), encoding, clients))
              .append(" |");
        }
        System.out.println(row);
      }
    }
    targets.forEach(Target::close);
  }

  /** CPU per scrape in ms, with the median and longest wait. */
  private String measure(Target target, URI url, String encoding, int clients) throws Exception {
    Duration before = target.cpu();
    List<Long> waits = scrape(target, request(url, encoding), clients, MEASURED);
    double cpu = target.cpu().minus(before).toNanos() / 1e6 / waits.size();
    Collections.sort(waits);
    return "%.2f (%.1f/%.1f)"
        .formatted(cpu, waits.get(waits.size() / 2) / 1e6, waits.get(waits.size() - 1) / 1e6);
  }

  private static HttpRequest request(URI url, String encoding) {
    return HttpRequest.newBuilder(url).header("Accept-Encoding", encoding).build();
  }

  private List<Long> scrape(Target target, HttpRequest request, int clients, Work work)
      throws Exception {
    long end = System.nanoTime() + work.longest().toNanos();
    Duration cpuEnd = target.cpu().plus(work.cpu());
    Callable<List<Long>> scraper =
        () -> {
          List<Long> waits = new ArrayList<>();
          while (waits.size() < 2
              || (System.nanoTime() < end && target.cpu().compareTo(cpuEnd) < 0)) {
            long start = System.nanoTime();
            if (http.send(request, BodyHandlers.discarding()).statusCode() != 200) {
              throw new IllegalStateException("no scrape");
            }
            waits.add(System.nanoTime() - start);
          }
          return waits;
        };
    List<Long> waits = new ArrayList<>();
    for (Future<List<Long>> each : scrapers.invokeAll(Collections.nCopies(clients, scraper))) {
      waits.addAll(each.get());
    }
    return waits;
  }
}
