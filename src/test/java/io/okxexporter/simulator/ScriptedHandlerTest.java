package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScriptedHandlerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final String TIME =
      "{\"code\":\"0\",\"data\":[{\"ts\":\"1795348800123\"}],\"msg\":\"\"}";

  private final SimulatedUser user = SimulatedUser.unnamed(new SplittableRandom(1));
  private final ScriptedExchange exchange = new ScriptedExchange(List.of(user), 7, NOW);

  /** By its clock, every request is sent at the same nanosecond. */
  private final SimulatedServer server = ScriptedHandler.server(exchange, new VirtualTime(NOW));

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void a_script_can_treat_every_endpoint_alone() throws IOException {
    for (Endpoint endpoint : Endpoint.values()) {
      exchange.script(
          request ->
              request.path().equals(endpoint.path())
                  ? Behaviour.of(new Reaction.Answer(SimulatedResponse.json(418, "{}")))
                  : Behaviour.NORMAL);
      for (Endpoint requested : Endpoint.values()) {
        try (Socket socket = send(requested.path(), Map.of())) {
          String response = Client.readAll(socket);
          assertThat(response.startsWith("HTTP/1.1 418")).isEqualTo(requested == endpoint);
        }
      }
    }
  }

  @Test
  void a_script_can_answer_anything() throws IOException {
    SimulatedResponse page =
        new SimulatedResponse(
            503,
            Map.of("Content-Type", "text/html", "Retry-After", "0"),
            "<html>".getBytes(US_ASCII));
    exchange.script(request -> Behaviour.of(new Reaction.Answer(page)));
    SimulatedRequest request = Client.get(user, Client.USDT, NOW);
    try (Socket socket = send(Client.USDT, request.headers())) {
      assertThat(Client.readAll(socket))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .contains("Content-Type: text/html\r\n", "Retry-After: 0\r\n")
          .endsWith("\r\n\r\n<html>");
    }
    assertThat(exchange.arrivals()).isOne();
  }

  @Test
  void a_truncated_answer_announces_the_whole_and_ends_early() throws IOException {
    for (int bytes : new int[] {0, 10, 10_000}) {
      exchange.script(request -> Behaviour.of(new Reaction.Truncated(bytes)));
      try (Socket socket = send(Client.TIME, Map.of())) {
        assertThat(Client.readAll(socket))
            .contains("Content-Length: " + TIME.length())
            .endsWith("\r\n\r\n" + TIME.substring(0, Math.min(bytes, TIME.length())));
      }
    }
  }

  @Test
  void a_reset_ends_the_connection_without_an_answer() throws IOException {
    exchange.script(request -> Behaviour.of(new Reaction.Reset()));
    SimulatedRequest request = Client.get(user, Client.USDT, NOW);
    try (Socket socket = send(Client.USDT, request.headers())) {
      assertThatThrownBy(() -> Client.readAll(socket))
          .isInstanceOf(SocketException.class)
          .hasMessage("Connection reset");
    }
    assertThat(exchange.arrivals()).isOne();
  }

  @Test
  void a_stalled_request_has_arrived_and_is_never_answered() throws IOException {
    exchange.script(request -> Behaviour.of(new Reaction.Stall()));
    SimulatedRequest request = Client.get(user, Client.USDT, NOW);
    try (Socket socket = send(Client.USDT, request.headers())) {
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> Client.readAll(socket)).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(exchange.arrivals()).isOne();
  }

  @Test
  @Timeout(60)
  void closing_does_not_wait_for_stalled_or_delayed_requests() throws Exception {
    CountDownLatch planned = new CountDownLatch(2);
    exchange.script(
        request -> {
          planned.countDown();
          return request.target().equals(Client.TIME)
              ? Behaviour.of(new Reaction.Stall())
              : new Behaviour(Duration.ofHours(1), Duration.ZERO, new Reaction.Normal());
        });
    try (Socket stalled = send(Client.TIME, Map.of());
        Socket delayed = send(Client.STATUS, Map.of())) {
      assertThat(planned.await(10, TimeUnit.SECONDS)).isTrue();
      server.close();
      assertThat(stalled.getInputStream().read()).isEqualTo(-1);
      assertThat(delayed.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void a_delayed_request_arrives_so_much_later_by_every_clock() throws IOException {
    Duration delay = Duration.ofMillis(20);
    exchange.script(request -> new Behaviour(delay, delay, new Reaction.Normal()));
    long started = System.nanoTime();
    try (Socket socket = send(Client.TIME, Map.of())) {
      assertThat(Client.readAll(socket)).contains("\"ts\":\"1795348800143\"");
    }
    assertThat(System.nanoTime() - started).isGreaterThanOrEqualTo(2 * delay.toNanos());
  }

  @Test
  void a_request_arrives_also_when_its_client_has_left() throws Exception {
    CountDownLatch planned = new CountDownLatch(1);
    exchange.script(
        request -> {
          planned.countDown();
          return new Behaviour(Duration.ofMillis(100), Duration.ZERO, new Reaction.Normal());
        });
    SimulatedRequest request = Client.get(user, Client.USDT, NOW);
    Socket leaving = send(Client.USDT, request.headers());
    assertThat(planned.await(10, TimeUnit.SECONDS)).isTrue();
    leaving.setSoLinger(true, 0);
    leaving.close();
    // Delayed as long as the first, and sent later: the first arrives before it.
    try (Socket socket = send(Client.USDT, request.headers())) {
      assertThat(Client.readAll(socket)).startsWith("HTTP/1.1 429");
    }
    assertThat(exchange.arrivals()).isEqualTo(2);
  }

  private Socket send(String target, Map<String, String> headers) throws IOException {
    return Client.send(server, target, headers);
  }
}
