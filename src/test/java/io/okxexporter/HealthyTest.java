package io.okxexporter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthyTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK, true",
    "HTTP/1.1 401 Unauthorized, true",
    "HTTP/1.1 429 Too Many Requests, true",
    "an alert of TLS, true",
    "HTTP/1.1 500 Server Error, false",
    "HTTP/1.1 503 Service Unavailable, false",
    "'', false",
  })
  void whoever_answers_is_healthy_unless_it_is_broken(String answer, boolean healthy)
      throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> asked =
          CompletableFuture.supplyAsync(() -> answerOnce(server, answer));
      InetSocketAddress wildcard = new InetSocketAddress(server.getLocalPort());
      assertThat(Healthy.answers(wildcard)).isEqualTo(healthy);
      assertThat(asked.join()).isEqualTo("GET /-/healthy HTTP/1.0\r\n\r\n");
    }
  }

  private static String answerOnce(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      byte[] request = socket.getInputStream().readNBytes(27);
      socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
      return new String(request, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nobody_is_not_healthy() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThat(Healthy.answers(new InetSocketAddress(port))).isFalse();
  }
}
