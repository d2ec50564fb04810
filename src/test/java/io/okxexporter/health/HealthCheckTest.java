package io.okxexporter.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Way;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCheckTest {
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
  void whoever_answers_is_healthy_unless_it_is_broken(String response, boolean healthy)
      throws Exception {
    CompletableFuture<String> request = new CompletableFuture<>();
    try (SocketServer server =
        new SocketServer(
            Way.PLAIN,
            () -> null,
            (it, socket) -> {
              request.complete(new String(socket.getInputStream().readNBytes(27), ISO_8859_1));
              SocketServer.write(socket, response);
            })) {
      InetSocketAddress wildcard = new InetSocketAddress(server.port());
      assertThat(HealthCheck.responds(wildcard)).isEqualTo(healthy);
      assertThat(request.join()).isEqualTo("GET /-/healthy HTTP/1.0\r\n\r\n");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void nobody_is_not_healthy() throws Exception {
    assertThat(HealthCheck.responds(new InetSocketAddress(SocketServer.freePort()))).isFalse();
  }
}
