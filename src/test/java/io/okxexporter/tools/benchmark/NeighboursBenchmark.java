package io.okxexporter.tools.benchmark;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.e2e.HostileNeighbours;
import io.okxexporter.e2e.HostileNeighbours.AttackCounts;
import io.okxexporter.fixture.Child;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures how long a scrape takes without and with hostile clients, which use CPU of the same
 * machine. Arguments: users, scrapes, and options of the exporter's Java.
 */
public final class NeighboursBenchmark {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final String AUTHORIZATION = HostileNeighbours.basic("prometheus", "right");

  private record Scrape(long nanos, int status) {}

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Child exporter;
  private final URI url;

  private NeighboursBenchmark(Child exporter, URI url) {
    this.exporter = exporter;
    this.url = url;
  }

  public static void main(String[] args) throws Exception {
    Path web = Files.createTempFile("web", ".yml");
    try (Child exporter = start(web, args)) {
      String line = exporter.awaitLine("msg=.?serving");
      Matcher found = Pattern.compile("url=(\\S+)").matcher(line);
      if (!found.find()) {
        throw new IllegalStateException(line);
      }
      NeighboursBenchmark benchmark =
          new NeighboursBenchmark(exporter, URI.create(found.group(1)).resolve("/metrics"));
      try {
        benchmark.run(Integer.parseInt(args[1]));
      } finally {
        benchmark.timer.shutdown();
      }
    } finally {
      Files.delete(web);
    }
  }

  private static Child start(Path web, String[] args) throws Exception {
    String hash = BCrypt.withDefaults().hashToString(10, "right".toCharArray());
    Files.writeString(web, "basic_auth_users:\n  prometheus: " + hash + "\n");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(args).subList(2, args.length));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.okxexporter.Main"));
    command.addAll(List.of("--simulate", "--simulate.users=" + args[0]));
    command.addAll(List.of("--web.listen-address=127.0.0.1:0", "--web.config.file=" + web));
    return Child.start(Map.of(), command);
  }

  private void run(int scrapes) throws Exception {
    measure("to warm up", scrapes);
    measure("alone", scrapes);
    try (HostileNeighbours neighbours =
        new HostileNeighbours(new InetSocketAddress(url.getHost(), url.getPort()), AUTHORIZATION)) {
      neighbours.start();
      measure("to warm up, with neighbours", scrapes);
      AttackCounts before = neighbours.counts();
      long start = System.nanoTime();
      measure("with neighbours", scrapes);
      double seconds = (System.nanoTime() - start) / 1e9;
      AttackCounts after = neighbours.counts();
      System.out.printf(
          "they did, per second: %.0f scrapes, %.0f guesses, %.0f floods of headers%n",
          (after.scraped() - before.scraped()) / seconds,
          (after.guessed() - before.guessed()) / seconds,
          (after.flooded() - before.flooded()) / seconds);
      System.out.println(status());
    }
    measure("alone again", scrapes);
    System.out.println(status());
  }

  private void measure(String what, int scrapes) throws Exception {
    List<Double> millis = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < scrapes; i++) {
      Scrape scrape = timer.schedule(this::scrape, PAUSE.toMillis(), MILLISECONDS).get();
      millis.add(scrape.nanos() / 1e6);
      refused += scrape.status() == 200 ? 0 : 1;
    }
    Collections.sort(millis);
    System.out.printf(
        "%s: %d scrapes, %d refused, median %.0f ms, worst %.0f ms%n",
        what, scrapes, refused, millis.get(scrapes / 2), millis.get(scrapes - 1));
  }

  private Scrape scrape() throws Exception {
    long start = System.nanoTime();
    int status =
        client
            .send(
                HttpRequest.newBuilder(url).header("Authorization", AUTHORIZATION).build(),
                BodyHandlers.ofString())
            .statusCode();
    return new Scrape(System.nanoTime() - start, status);
  }

  private String status() throws Exception {
    return Files.readString(Path.of("/proc/" + exporter.pid() + "/status"))
        .lines()
        .filter(line -> line.startsWith("VmRSS") || line.startsWith("Threads"))
        .toList()
        .toString();
  }
}
