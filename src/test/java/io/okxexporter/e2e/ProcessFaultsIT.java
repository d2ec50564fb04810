package io.okxexporter.e2e;

import static io.okxexporter.fixture.SocketServer.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.Fault;
import io.okxexporter.FaultScript;
import io.okxexporter.FaultyServer;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of the process: the runnable jar on a machine that lacks a resource. */
class ProcessFaultsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int FILES = 80;
  private static final int LOG_BLOCKS = 64;
  private static final int BLOCK_BYTES = 512;

  private static final String RELOADED = "okx_exporter_config_last_reload_successful";

  private final Http http = new Http();

  @TempDir private Path folder;

  /** A fault around the jar. */
  private interface ProcessFault {
    /** The command that starts the jar. */
    default List<String> command(List<String> java) throws IOException {
      return java;
    }

    default Map<String, String> environment(Map<String, String> key) throws IOException {
      return key;
    }

    default boolean isPresentFromStart() {
      return false;
    }

    default void startFault(URI url) throws IOException {}

    void endFault() throws IOException;

    default String log(Child exporter) throws IOException {
      return exporter.err();
    }
  }

  static Stream<Fault> faults() {
    return Fault.all().filter(Fault::isOfTheProcess);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shows_is_logged_and_passes(Fault fault) throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      ProcessFault processFault =
          processFault(FaultScript.of(fault.script()).about("process"), exchange);
      int port = freePort();
      URI url = URI.create("http://127.0.0.1:" + port + "/metrics");
      try (Child exporter = start(processFault, exchange, port)) {
        if (!processFault.isPresentFromStart()) {
          await(url, exporter, TIMEOUT, ProcessFaultsIT::isWell);
          processFault.startFault(url);
        }
        await(url, exporter, TIMEOUT, fault::isShown);
        processFault.endFault();
        await(url, exporter, fault.recovery(), ProcessFaultsIT::isWell);
        exporter.poll(TIMEOUT, () -> processFault.log(exporter), log -> log.contains(fault.log()));
        assertThat(exporter.terminate()).isEqualTo(143);
      }
      assertThat(exchange.exchange.violations()).isZero();
    }
  }

  private Child start(ProcessFault processFault, LocalExchange exchange, int port)
      throws IOException {
    List<String> command =
        processFault.command(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                System.getProperty("okx-exporter.jar", "not set"),
                "--web.listen-address=127.0.0.1:" + port));
    return Child.start(processFault.environment(exchange.environment()), command);
  }

  /** Scrapes until the metrics match; a failed scrape counts as no match. */
  private void await(URI url, Child exporter, Duration limit, Predicate<Metrics> wanted)
      throws Exception {
    boolean unused =
        exporter.poll(
            limit,
            () -> {
              try {
                return wanted.test(http.scrape(url));
              } catch (IOException notYet) {
                return false;
              }
            },
            matched -> matched);
  }

  private static boolean isWell(Metrics metrics) {
    return metrics.has("okx_total_asset_valuation{ccy=\"USDT\"}")
        && metrics.value("okx_up") == 1
        && metrics.samples().getOrDefault(RELOADED, 0.0) == 1;
  }

  private ProcessFault processFault(String name, LocalExchange exchange) throws Exception {
    return switch (name) {
      case "unknown-name" -> UnknownName.in(folder);
      case "full-disk" -> new FullDisk(folder.resolve("log"), exchange);
      case "descriptors" -> new NoDescriptors(exchange);
      case "secret-vanishes" -> new SecretVanishes(folder.resolve("secret"));
      default -> throw new IllegalArgumentException("no such trouble: " + name);
    };
  }

  /** A hosts file replaces DNS and does not contain the exchange. */
  private record UnknownName(Path folder, FaultyServer okx, Path trustStore)
      implements ProcessFault {
    static final String NAME = "okx.example";

    static UnknownName in(Path folder) throws Exception {
      Authority authority = new Authority("okx");
      FaultyServer okx =
          new FaultyServer(
              FaultScript.of("tls"),
              Instant::now,
              Map.of("good", authority.issue("dns:" + NAME).server()));
      return new UnknownName(folder, okx, authority.trustStore(folder));
    }

    @Override
    public boolean isPresentFromStart() {
      return true;
    }

    @Override
    public List<String> command(List<String> java) throws IOException {
      Files.createFile(hosts());
      List<String> command = new ArrayList<>(java);
      command.add(1, "-Djdk.net.hosts.file=" + hosts());
      command.add(1, "-Djavax.net.ssl.trustStore=" + trustStore);
      return command;
    }

    private Path hosts() {
      return folder.resolve("hosts");
    }

    @Override
    public Map<String, String> environment(Map<String, String> key) {
      Map<String, String> environment = new HashMap<>(key);
      environment.put("OKX_REGION", okx.url().toString().replace("localhost", NAME));
      return environment;
    }

    @Override
    public void endFault() throws IOException {
      Files.writeString(hosts(), "127.0.0.1 " + NAME + "\n");
    }
  }

  /** The log file has reached the file size limit, until it is truncated. */
  private record FullDisk(Path file, LocalExchange exchange) implements ProcessFault {
    @Override
    public boolean isPresentFromStart() {
      return true;
    }

    @Override
    public List<String> command(List<String> java) throws IOException {
      exchange.exchange.script(request -> LocalExchange.answer(503, ""));
      Files.write(file, new byte[LOG_BLOCKS * BLOCK_BYTES]);
      return shell("ulimit -f " + LOG_BLOCKS + "; exec \"$@\" 2>>" + file, java);
    }

    @Override
    public void endFault() throws IOException {
      Files.write(file, new byte[0]);
      exchange.exchange.script(Script.NONE);
    }

    @Override
    public String log(Child exporter) throws IOException {
      return Files.readString(file, UTF_8);
    }
  }

  /** Other connections use up all file descriptors, then the connection to the exchange breaks. */
  private static final class NoDescriptors implements ProcessFault {
    private final List<Socket> others = new ArrayList<>();
    private final LocalExchange exchange;

    NoDescriptors(LocalExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public List<String> command(List<String> java) {
      return shell("ulimit -n " + FILES + "; exec \"$@\"", java);
    }

    @Override
    public void startFault(URI url) throws IOException {
      for (int i = 0; i < FILES; i++) {
        others.add(new Socket(url.getHost(), url.getPort()));
      }
      exchange.exchange.script(request -> Behaviour.of(new Reaction.Reset()));
    }

    @Override
    public void endFault() throws IOException {
      exchange.exchange.script(Script.NONE);
      for (Socket other : others) {
        other.close();
      }
    }
  }

  /** A file with part of the key is moved away and back. */
  private record SecretVanishes(Path file) implements ProcessFault {
    @Override
    public Map<String, String> environment(Map<String, String> key) throws IOException {
      Map<String, String> environment = new HashMap<>(key);
      Files.writeString(file, environment.remove("OKX_SECRET_KEY"));
      environment.put("OKX_SECRET_KEY_FILE", file.toString());
      return environment;
    }

    @Override
    public void startFault(URI url) throws IOException {
      Files.move(file, file.resolveSibling("elsewhere"));
    }

    @Override
    public void endFault() throws IOException {
      Files.move(file.resolveSibling("elsewhere"), file);
    }
  }

  private static List<String> shell(String script, List<String> java) {
    return Stream.concat(Stream.of("sh", "-c", script, "sh"), java.stream()).toList();
  }
}
