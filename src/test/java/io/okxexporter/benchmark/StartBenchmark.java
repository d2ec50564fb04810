package io.okxexporter.benchmark;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
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
 * From start to the first answered scrape, and the memory a minute later: the exporter with the
 * options and the class-data archive it is shipped with, beside jmx_exporter's standalone jar with
 * its defaults and Debian's blackbox exporter. Medians of several starts, taken in turns.
 */
public final class StartBenchmark {
  private static final int STARTS = 5;
  private static final Duration LATER = Duration.ofMinutes(1);
  private static final String PLAY_KEY = "play-key";

  private final String java;
  private final List<String> exporter;
  private final Path jmxJar;

  /** One start. */
  private record Start(Target target, double firstScrapeMillis, double cpuMillis) {
    Figures figures() throws IOException {
      return new Figures(firstScrapeMillis, cpuMillis, target.resident() / 1e6);
    }
  }

  /** What one start showed. */
  private record Figures(double firstScrapeMillis, double cpuMillis, double residentMb) {}

  private StartBenchmark(String java, List<String> exporter, Path jmxJar) {
    this.java = java;
    this.exporter = exporter;
    this.jmxJar = jmxJar;
  }

  /** The exporter's runnable jar, jmx_exporter's, and the options of the exporter's Java. */
  public static void main(String[] args) throws Exception {
    String java = System.getProperty("java.home") + "/bin/java";
    Path archive = Files.createTempDirectory("benchmark").resolve("okx-exporter.jsa");
    List<String> options = new ArrayList<>(List.of(args).subList(2, args.length));
    learn(java, options, archive, args[0]);
    options.add(0, java);
    options.add("-XX:SharedArchiveFile=" + archive);
    options.addAll(List.of("-jar", args[0]));
    new StartBenchmark(java, options, Path.of(args[1])).run();
    System.exit(0);
  }

  /** As the launcher does: a run with play money tells which classes are needed. */
  private static void learn(String java, List<String> options, Path archive, String jar)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(options);
    command.add(0, java);
    command.addAll(
        List.of(
            "-XX:ArchiveClassesAtExit=" + archive,
            "-jar",
            jar,
            "--simulate",
            "--web.listen-address=127.0.0.1:" + port));
    Process process = new ProcessBuilder(command).inheritIO().start();
    awaitScrape(port);
    process.destroy();
    process.waitFor();
  }

  private void run() throws Exception {
    int jmxPort = freePort();
    List<String> target =
        List.of(
            "-Dcom.sun.management.jmxremote.port=" + jmxPort,
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false");
    Path jmxConfig = Files.createTempFile("benchmark", ".yml");
    Files.writeString(
        jmxConfig, "hostPort: 127.0.0.1:" + jmxPort + "\nrules:\n- pattern: \".*\"\n");
    List<List<Figures>> figures = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (Target observed = Target.java(target, ScrapeTarget.class, "jetty", 1, 1)) {
      observed.line();
      for (int round = 0; round < STARTS; round++) {
        List<Start> starts = List.of(exporter(), jmxExporter(jmxConfig), blackbox());
        TimeUnit.NANOSECONDS.sleep(LATER.toNanos());
        for (int i = 0; i < starts.size(); i++) {
          figures.get(i).add(starts.get(i).figures());
          starts.get(i).target().close();
        }
      }
    }
    System.out.println("| | first scrape ms | CPU until then ms | resident MB a minute later |");
    System.out.println("|---|---|---|---|");
    print("okx-exporter", figures.get(0));
    print("jmx_exporter", figures.get(1));
    print("blackbox_exporter", figures.get(2));
  }

  /** One user, whose OKX is not there: nothing but the exporter itself is in the process. */
  private Start exporter() throws Exception {
    int port = freePort();
    List<String> command = new ArrayList<>(exporter);
    command.add("--web.listen-address=127.0.0.1:" + port);
    Map<String, String> user =
        Map.of(
            "OKX_API_KEY", PLAY_KEY,
            "OKX_SECRET_KEY", PLAY_KEY,
            "OKX_PASSPHRASE", PLAY_KEY,
            "OKX_REGION", "http://127.0.0.1:" + freePort());
    return start(port, command, user);
  }

  private Start jmxExporter(Path config) throws Exception {
    int port = freePort();
    return start(
        port,
        List.of(java, "-jar", jmxJar.toString(), Integer.toString(port), config.toString()),
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
    awaitScrape(port);
    double first = (System.nanoTime() - begin) / 1e6;
    return new Start(target, first, target.cpu().toNanos() / 1e6);
  }

  private static void awaitScrape(int port) throws InterruptedException {
    while (!answers(port)) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static boolean answers(int port) {
    try {
      URI url = URI.create("http://127.0.0.1:" + port + "/metrics");
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.getInputStream().readAllBytes();
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
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
