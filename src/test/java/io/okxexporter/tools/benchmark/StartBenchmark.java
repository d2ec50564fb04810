package io.okxexporter.tools.benchmark;

import static io.okxexporter.fixture.SocketServer.freePort;

import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Command;
import io.okxexporter.model.Credentials;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures the time from start to the first successful scrape, and the memory a minute and four
 * scrapes later. It runs the exporter with its shipped options and class-data archive, polling one
 * user over TLS. For comparison it runs jmx_exporter's standalone jar with its defaults and
 * Debian's blackbox exporter. It reports medians of several alternating starts, then the memory
 * after a virtual day.
 */
public final class StartBenchmark {
  private static final Path JAR = Path.of("target/okx-exporter.jar");
  private static final Path JMX_JAR = Path.of("target/benchmark/jmx_prometheus_httpserver.jar");
  private static final String OPTIONS = "@src/assembly/java.options";
  private static final int STARTS = 3;
  private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(15);
  private static final int SCRAPES = 4;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Path folder = Files.createTempDirectory("benchmark");
  private final Path archive = folder.resolve("okx-exporter.jsa");
  private final Authority authority = new Authority("benchmark");
  private final Path keys = authority.issue("dns:localhost").keyStore(folder);
  private final String java;

  /** The figures of one start, with its process still running. */
  private record Start(Target target, int port, double firstScrapeMillis, double cpuMillis) {}

  private record Figures(double firstScrapeMillis, double cpuMillis, double residentMb) {}

  private StartBenchmark(String java) throws Exception {
    this.java = java;
  }

  /** Argument: the home of the JDK to run everything on; by default this one. */
  public static void main(String[] args) throws Exception {
    String home = args.length > 0 ? args[0] : System.getProperty("java.home");
    new StartBenchmark(home + "/bin/java").run();
    System.exit(0);
  }

  private void run() throws Exception {
    createArchive();
    int jmxPort = freePort();
    List<String> jmxOptions =
        List.of(
            "-Dcom.sun.management.jmxremote.port=" + jmxPort,
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false");
    Path jmxConfig =
        Files.writeString(
            folder.resolve("jmx.yml"),
            "hostPort: 127.0.0.1:" + jmxPort + "\nrules:\n- pattern: \".*\"\n");
    List<List<Figures>> figures = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (Target observed = Target.java(jmxOptions, ScrapeTarget.class, "jetty", 1, 1);
        Target exchange = Target.java(List.of(), SlowExchange.class, 1, keys)) {
      observed.line();
      int exchangePort = Integer.parseInt(exchange.line());
      for (int round = 0; round < STARTS; round++) {
        List<Start> starts = List.of(exporter(exchangePort), jmxExporter(jmxConfig), blackbox());
        for (int scrape = 0; scrape < SCRAPES; scrape++) {
          TimeUnit.NANOSECONDS.sleep(SCRAPE_INTERVAL.toNanos());
          starts.forEach(start -> isServing(start.port()));
        }
        for (int i = 0; i < starts.size(); i++) {
          figures.get(i).add(end(starts.get(i)));
        }
      }
    }
    System.out.println("| | first scrape ms | CPU until then ms | resident MB a minute later |");
    System.out.println("|---|---|---|---|");
    print("okx-exporter", figures.get(0));
    print("jmx_exporter", figures.get(1));
    print("blackbox_exporter", figures.get(2));
    virtualDay();
  }

  /**
   * Creates the class-data archive as {@code okx-exporter prepare} does: a short simulated run
   * shows which classes are needed.
   */
  private void createArchive() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(java, OPTIONS, "-XX:ArchiveClassesAtExit=" + archive, "-jar"));
    command.addAll(
        List.of(
            JAR.toString(), "--simulate", "--simulate.once", "--web.listen-address=127.0.0.1:0"));
    Command.of(command).run().succeeded();
  }

  private Start exporter(int exchangePort) throws Exception {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(java, OPTIONS));
    command.add("-XX:SharedArchiveFile=" + archive);
    command.add("-Djavax.net.ssl.trustStore=" + authority.trustStore(folder));
    command.addAll(List.of("-jar", JAR.toString(), "--web.listen-address=127.0.0.1:" + port));
    Credentials key = SlowExchange.users(1).get(0).credentials();
    Map<String, String> user =
        Map.of(
            "OKX_API_KEY", key.apiKey().reveal(),
            "OKX_SECRET_KEY", key.secretKey().reveal(),
            "OKX_PASSPHRASE", key.passphrase().reveal(),
            "OKX_REGION", "https://localhost:" + exchangePort);
    return start(port, command, user);
  }

  private Start jmxExporter(Path config) throws Exception {
    int port = freePort();
    return start(
        port,
        List.of(java, "-jar", JMX_JAR.toString(), Integer.toString(port), config.toString()),
        Map.of());
  }

  private static Start blackbox() throws Exception {
    int port = freePort();
    return start(
        port,
        List.of(
            "prometheus-blackbox-exporter",
            "--config.file=/etc/prometheus/blackbox.yml",
            "--web.listen-address=127.0.0.1:" + port),
        Map.of());
  }

  private static Start start(int port, List<String> command, Map<String, String> environment)
      throws Exception {
    long begin = System.nanoTime();
    Target target = Target.start(command, environment);
    while (!isServing(port)) {
      if (System.nanoTime() - begin > LONGEST.toNanos()) {
        throw new IOException("no scrape from " + command.get(0));
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    double first = (System.nanoTime() - begin) / 1e6;
    return new Start(target, port, first, target.cpu().toNanos() / 1e6);
  }

  private static boolean isServing(int port) {
    try {
      URI url = URI.create("http://127.0.0.1:" + port + "/metrics");
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setReadTimeout((int) LONGEST.toMillis());
      connection.getInputStream().readAllBytes();
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Figures end(Start start) throws IOException {
    try (Target target = start.target()) {
      return new Figures(start.firstScrapeMillis(), start.cpuMillis(), target.resident() / 1e6);
    }
  }

  /**
   * Prints the soak's report of one user's virtual day, scraped once a minute, and the memory after
   * it.
   */
  private void virtualDay() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java, OPTIONS, "-cp"));
    command.addAll(
        List.of(System.getProperty("java.class.path"), "io.okxexporter.tools.soak.Main"));
    command.addAll(List.of("1", "2", "2", "15", "1", "1"));
    try (Target day = Target.start(command, Map.of())) {
      System.out.println(day.line());
      System.out.printf("resident after it: %.0f MB%n", day.resident() / 1e6);
    }
  }

  private static void print(String name, List<Figures> figures) {
    System.out.printf(
        "| %s | %.0f | %.0f | %.0f |%n",
        name,
        median(figures.stream().mapToDouble(Figures::firstScrapeMillis).toArray()),
        median(figures.stream().mapToDouble(Figures::cpuMillis).toArray()),
        median(figures.stream().mapToDouble(Figures::residentMb).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
