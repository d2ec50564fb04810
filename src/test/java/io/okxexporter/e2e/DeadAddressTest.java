package io.okxexporter.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.Exporter;
import io.okxexporter.Main;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.web.config.WebSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host with three addresses: one that never responds, one that refuses, and OKX. It runs in a
 * process of its own, since the hosts file is set per process.
 */
class DeadAddressTest {
  private static final String HOST = "localhost";
  private static final String SILENT = "127.0.0.2";
  private static final String REFUSING = "127.0.0.3";
  private static final String ALIVE = "127.0.0.1";

  @TempDir private Path folder = Path.of("");

  @Test
  void a_host_is_reached_past_its_dead_addresses_by_the_exporter_and_by_check_alike()
      throws Exception {
    LocalExchange exchange = LocalExchange.unnamed();
    AutoCloseable silent =
        SocketServer.full(new InetSocketAddress(SILENT, exchange.url().getPort()));
    try (exchange;
        silent;
        Child child = Child.start(environment(exchange), command())) {
      assertThat(child.out().lines().map(String::strip))
          .contains(String.join(" ", HOST, SILENT, REFUSING, ALIVE), "okx_up 1.0", "exit code 0")
          .anyMatch(
              line -> line.matches("pass  host +localhost:\\d+ is reachable: DNS .*, TCP .*"));
      assertThat(child.awaitExit()).isZero();
    }
  }

  private static Map<String, String> environment(LocalExchange exchange) {
    Map<String, String> environment = new HashMap<>(exchange.environment());
    environment.put("OKX_REGION", "http://" + HOST + ":" + exchange.url().getPort());
    environment.put("OKX_CCYS", "USDT");
    return environment;
  }

  private List<String> command() throws IOException {
    String hosts =
        Stream.of(SILENT, REFUSING, ALIVE)
            .map(address -> address + " " + HOST + "\n")
            .collect(Collectors.joining());
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-Djdk.net.hosts.file=" + Files.writeString(folder.resolve("hosts"), hosts),
        "-cp",
        System.getProperty("java.class.path"),
        DeadAddressTest.class.getName());
  }

  /** Resolves the host, polls it once and runs a check. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    out.println(
        Stream.of(InetAddress.getAllByName(HOST))
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(" ", HOST + " ", "")));
    try (Exporter exporter = Exporters.running(System.getenv(), () -> WebSettings.NONE)) {
      out.println(Exporters.metrics(exporter, "okx_up"::equals));
    }
    int exitCode =
        new Main(System.getenv(), out, System.err, TestFiles::new)
            .run("check", "--web.listen-address=127.0.0.1:0");
    out.println("exit code " + exitCode);
  }
}
