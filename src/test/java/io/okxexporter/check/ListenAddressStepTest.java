package io.okxexporter.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.check.ListenAddressStep.ListenResult;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Way;
import io.okxexporter.model.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListenAddressStepTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String HEALTHY = "HTTP/1.1 200 OK\r\n\r\nokx-exporter is healthy\n";
  private static final String REALM =
      "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"okx-exporter\"\r\n\r\n";

  @Test
  void a_free_address_passes_and_stays_free() {
    InetSocketAddress any = new InetSocketAddress(LOOPBACK, 0);
    assertThat(find(any).step().status()).isEqualTo(StepStatus.PASS);
    assertThat(find(any).step().text()).isEqualTo("localhost:0 is free");
  }

  @Test
  void an_address_that_another_program_has_fails() throws IOException {
    try (SocketServer other = responding(null, "HTTP/1.1 200 OK\r\n\r\nhello")) {
      Step step = find(new InetSocketAddress(LOOPBACK, other.port())).step();
      assertThat(step.status()).isEqualTo(StepStatus.FAIL);
      assertThat(step.text()).isEqualTo("localhost:" + other.port() + " is already in use");
    }
  }

  @Test
  void an_address_that_a_running_exporter_has_is_only_warned_of() throws IOException {
    try (SocketServer other = responding(null, HEALTHY)) {
      ListenResult found = find(new InetSocketAddress(other.port()));
      Step step = found.step();
      assertThat(step.status()).isEqualTo(StepStatus.WARN);
      assertThat(step.text()).endsWith(" is in use by a running okx-exporter");
    }
  }

  @Test
  void an_exporter_behind_a_password_is_known_by_its_realm() throws IOException {
    try (SocketServer other = responding(null, REALM)) {
      ListenResult found = find(new InetSocketAddress(other.port()));
      assertThat(found.step().status()).isEqualTo(StepStatus.WARN);
      assertThat(unit(found)).extracting(Step::status).isEqualTo(StepStatus.WARN);
    }
  }

  @Test
  void an_exporter_that_speaks_tls_is_found_with_and_without_a_password() throws Exception {
    SSLContext server = new Authority("ca").issue("dns:localhost").server();
    try (SocketServer open = responding(server, HEALTHY);
        SocketServer closed = responding(server, REALM);
        SocketServer other = responding(server, "HTTP/1.1 200 OK\r\n\r\nhello")) {
      assertThat(find(at(open)).step().status()).isEqualTo(StepStatus.WARN);
      assertThat(find(at(closed)).step().status()).isEqualTo(StepStatus.WARN);
      assertThat(unit(find(at(closed)))).extracting(Step::status).isEqualTo(StepStatus.WARN);
      assertThat(find(at(other)).step().status()).isEqualTo(StepStatus.FAIL);
    }
  }

  @Test
  void metrics_that_cannot_be_read_leave_it_open_whom_it_polls() throws IOException {
    try (SocketServer other =
        responding(
            null, "HTTP/1.1 500 Server Error\r\n\r\nscrape failed\nokx-exporter is not well\n")) {
      assertThat(unit(find(at(other)))).extracting(Step::status).isEqualTo(StepStatus.WARN);
    }
  }

  private static ListenResult find(InetSocketAddress address) {
    return ListenAddressStep.find(address, "/metrics", Clock.system());
  }

  private static @Nullable Step unit(ListenResult found) {
    RunningExporter exporter = Objects.requireNonNull(found.exporter());
    return exporter.unit("1", "USDT").orElse(null);
  }

  private static InetSocketAddress at(SocketServer server) {
    return new InetSocketAddress(LOOPBACK, server.port());
  }

  @Test
  void an_address_of_another_machine_fails() {
    Step step = find(new InetSocketAddress("203.0.113.7", 80)).step();
    assertThat(step.status()).isEqualTo(StepStatus.FAIL);
    assertThat(step.text()).startsWith("203.0.113.7:80: ");
  }

  @Test
  void an_unknown_host_fails() {
    Step step = find(InetSocketAddress.createUnresolved("nowhere.invalid", 80)).step();
    assertThat(step.text()).isEqualTo("nowhere.invalid:80: unknown host");
  }

  /** Waits until the client closes the connection, so that no reset loses the response. */
  private static SocketServer responding(@Nullable SSLContext tls, String response)
      throws IOException {
    return new SocketServer(
        Way.PLAIN,
        () -> tls,
        SocketServer.requests(
            (socket, head) -> {
              SocketServer.write(socket, response);
              socket.shutdownOutput();
            }));
  }
}
