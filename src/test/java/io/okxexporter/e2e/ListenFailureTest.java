package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Child;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each listener states why it cannot listen. A process of its own, as Java without IPv6 is. */
class ListenFailureTest {
  private static final String WEB =
      ". If another program listens there, stop it; else choose an address and port that this"
          + " machine has and this account may use, with --web.listen-address";
  private static final String EXCHANGE =
      ". If another program listens there, stop it; else choose an address and port that this"
          + " machine has and this account may use, with --simulate.listen-address";

  @Test
  void a_taken_port() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertFails("cannot listen on " + address + ": Address already in use" + WEB, web(address));
      assertFails(
          "the simulated exchange cannot listen on "
              + address
              + ": Address already in use"
              + EXCHANGE,
          exchange(address));
    }
  }

  @Test
  void a_kind_of_address_that_is_not_available() throws Exception {
    assertFails(
        "cannot listen on [0:0:0:0:0:0:0:1]:0: IPv6 is not available" + WEB, web("[::1]:0"));
    assertFails(
        "the simulated exchange cannot listen on [0:0:0:0:0:0:0:1]:0: IPv6 is not available"
            + EXCHANGE,
        exchange("[::1]:0"));
  }

  private static List<String> web(String address) {
    return List.of("--simulate", "--web.listen-address=" + address);
  }

  private static List<String> exchange(String address) {
    return List.of("--simulate", "--simulate.listen-address=" + address);
  }

  private static void assertFails(String message, List<String> args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-Djava.net.preferIPv4Stack=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.okxexporter.Main"));
    command.addAll(args);
    try (Child exporter = Child.start(Map.of(), command)) {
      assertThat(exporter.awaitExit()).isEqualTo(1);
      assertThat(exporter.err()).doesNotContain("passphrase=Play");
      assertThat(exporter.err().lines().reduce("", (before, line) -> line))
          .isEqualTo("okx-exporter: " + message);
    }
  }
}
