package io.okxexporter.e2e;

import static io.okxexporter.fixture.SocketServer.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, started by systemd's own program on the first connection to a socket. */
class SocketActivationIT {
  private final Http http = new Http();

  @TempDir Path folder;
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = freePort();
  }

  @Test
  void a_socket_as_standard_input_is_listened_on() throws Exception {
    try (Child exporter = activated(List.of("--inetd"))) {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      assertThat(http.body(metrics)).contains("okx_exporter_simulated 1.0\n");
      exporter.awaitLine("msg=\"serving metrics to this machine only.* url=" + metrics);
      assertThat(http.body(metrics)).contains("okx_exporter_simulated 1.0\n");
      assertThat(exporter.terminate()).isEqualTo(143);
      assertThat(exporter.err()).contains("msg=stopping").doesNotContain("level=warn");
    }
  }

  @Test
  void sockets_that_java_cannot_use_are_refused_with_the_setting_that_helps() throws Exception {
    try (Child exporter = activated(List.of());
        Socket first = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(first.isConnected()).isTrue();
      assertThat(exporter.awaitExit()).isEqualTo(2);
      assertThat(exporter.err())
          .contains(
              "okx-exporter: invalid configuration\n"
                  + "LISTEN_FDS: \"1\": expected StandardInput=socket in the unit of the service, as"
                  + " Java can take over no other socket of systemd");
    }
  }

  @Test
  void a_socket_of_another_kind_is_refused() throws Exception {
    Path socket = folder.resolve("exporter.sock");
    try (Child exporter = activated(List.of("--inetd"), socket.toString());
        SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      assertThat(first.isConnected()).isTrue();
      assertThat(exporter.awaitExit()).isEqualTo(2);
      assertThat(exporter.err())
          .contains("expected a TCP socket, such as ListenStream=127.0.0.1:10058");
    }
  }

  private Child activated(List<String> options) throws Exception {
    return activated(options, "127.0.0.1:" + port);
  }

  private static Child activated(List<String> options, String address) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Command.program("systemd-socket-activate"));
    command.addAll(options);
    command.add("--listen=" + address);
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-jar", System.getProperty("okx-exporter.jar", "not set")));
    command.add("--simulate");
    Child child = Child.start(Map.of(), command);
    child.awaitLine("Listening on " + address);
    return child;
  }
}
