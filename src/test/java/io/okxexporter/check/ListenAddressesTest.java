package io.okxexporter.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void a_free_address_passes_and_stays_free() {
    InetSocketAddress any = new InetSocketAddress(LOOPBACK, 0);
    assertThat(ListenAddresses.step(any).status()).isEqualTo(Status.PASS);
    assertThat(ListenAddresses.step(any).text()).isEqualTo("127.0.0.1:0 is free");
  }

  @Test
  void an_address_that_another_program_has_fails() throws IOException {
    try (ServerSocket other = answering("HTTP/1.1 200 OK\r\n\r\nhello")) {
      Step step = ListenAddresses.step(new InetSocketAddress(LOOPBACK, other.getLocalPort()));
      assertThat(step.status()).isEqualTo(Status.FAIL);
      assertThat(step.text()).isEqualTo("127.0.0.1:" + other.getLocalPort() + " is taken");
    }
  }

  @Test
  void an_address_that_a_running_exporter_has_is_only_warned_of() throws IOException {
    try (ServerSocket other = answering("HTTP/1.1 200 OK\r\n\r\nokx-exporter is healthy\n")) {
      Step step = ListenAddresses.step(new InetSocketAddress(other.getLocalPort()));
      assertThat(step.status()).isEqualTo(Status.WARN);
      assertThat(step.text()).endsWith(" is taken by an okx-exporter that is running");
    }
  }

  @Test
  void an_address_of_another_machine_fails() {
    Step step = ListenAddresses.step(new InetSocketAddress("203.0.113.7", 80));
    assertThat(step.status()).isEqualTo(Status.FAIL);
    assertThat(step.text()).startsWith("203.0.113.7:80: ");
  }

  @Test
  void an_unknown_host_fails() {
    Step step = ListenAddresses.step(InetSocketAddress.createUnresolved("nowhere.invalid", 80));
    assertThat(step.text()).isEqualTo("nowhere.invalid:80: the host is unknown");
  }

  private static ServerSocket answering(String answer) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, LOOPBACK);
    Thread thread = new Thread(() -> serve(listener, answer), "other-program");
    thread.setDaemon(true);
    thread.start();
    return listener;
  }

  private static void serve(ServerSocket listener, String answer) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        if (socket.getInputStream().read() >= 0) {
          socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
          socket.shutdownOutput();
          while (socket.getInputStream().read() >= 0) {
            // until the other side hangs up, so that the answer is not lost in a reset
          }
        }
      } catch (IOException e) {
        // the test is over, or nobody asked
      }
    }
  }
}
