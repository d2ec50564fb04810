package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.LocalExchange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the jar that end without serving: their output and exit codes. */
class CommandLineIT {
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";

  @TempDir Path folder;

  @Test
  void without_anything_it_exits_with_2_and_says_what_to_set() throws Exception {
    try (Child exporter = Child.jar(Map.of())) {
      assertThat(exporter.awaitExit()).isEqualTo(2);
      assertThat(exporter.err())
          .contains("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_PASSPHRASE", "--simulate")
          .doesNotContain("msg=");
    }
  }

  @Test
  void it_never_simulates_beside_real_keys() throws Exception {
    Map<String, String> keys = Map.of("OKX_API_KEY", "planted-key", "OKX_DEMO", "true");
    assertRefused(keys, "OKX_API_KEY", "--simulate");
    assertRefused(Map.of(), "--config.file", "--simulate", "--config.file=x");
  }

  @Test
  void bad_usage_is_refused() throws Exception {
    assertRefused(Map.of(), "--nonsense", "--nonsense");
    assertRefused(Map.of(), "--web.listen-address", "--simulate", "--web.listen-address=10058");
    assertRefused(Map.of(), "--simulate.users", "--simulate.users=3");
    assertRefused(Map.of(), "--shard", "--simulate", "--shard=3/3");
    assertRefused(Map.of("OKX_SHARD", "/3"), "OKX_SHARD", "--simulate");
    assertRefused(Map.of("OKX_SHARD", "0/3"), "OKX_SHARD", "--simulate", "--shard=0/3");
  }

  private static void assertRefused(Map<String, String> environment, String named, String... args)
      throws Exception {
    try (Child exporter = Child.jar(environment, args)) {
      assertThat(exporter.awaitExit()).isEqualTo(2);
      assertThat(exporter.err())
          .contains(named)
          .doesNotContain("msg=", "planted-key", "Exception", "\tat ");
    }
  }

  @Test
  void version_and_help_go_to_standard_output() throws Exception {
    assertPrints("okx-exporter 0", "--version");
    assertPrints("--config.file", "--help");
  }

  private static void assertPrints(String text, String flag) throws Exception {
    try (Child exporter = Child.jar(Map.of(), flag)) {
      assertThat(exporter.awaitExit()).isZero();
      assertThat(exporter.out()).contains(text);
      assertThat(exporter.err()).isEmpty();
    }
  }

  @Test
  void config_check_accepts_a_good_file() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(2)) {
      Path good = Files.writeString(folder.resolve("good.yml"), exchange.yaml());
      try (Child exporter = Child.jar(Map.of(), "--config.check", "--config.file=" + good)) {
        assertThat(exporter.awaitExit()).isZero();
        assertThat(exporter.out()).contains("valid");
      }
    }
  }

  @Test
  void config_check_reports_every_problem_of_a_bad_file() throws Exception {
    String yaml = "poll_interval: soon\nstale_after: 5\nusers:\n  - name: main\n    color: red\n";
    Path bad = Files.writeString(folder.resolve("bad.yml"), yaml);
    try (Child exporter = Child.jar(Map.of(), "--config.check", "--config.file=" + bad)) {
      assertThat(exporter.awaitExit()).isEqualTo(2);
      assertThat(exporter.err())
          .contains("poll_interval", "soon", "stale_after", "color", "api_key", "passphrase");
    }
  }

  @Test
  void a_taken_port_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertCannotStart(address, "--simulate", "--web.listen-address=" + address);
      assertCannotStart(address, "--simulate", ANY_PORT, "--simulate.listen-address=" + address);
    }
  }

  private static void assertCannotStart(String named, String... args) throws Exception {
    try (Child exporter = Child.jar(Map.of(), args)) {
      assertThat(exporter.awaitExit()).isEqualTo(1);
      assertThat(exporter.err()).contains(named).doesNotContain("\tat ");
    }
  }
}
