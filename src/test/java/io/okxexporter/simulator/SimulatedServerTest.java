package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SimulatedServerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final String TIME =
      "{\"code\":\"0\",\"data\":[{\"ts\":\"1795348800123\"}],\"msg\":\"\"}";

  /** Stands still: every request arrives at the same nanosecond. */
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long nanoTime() {
          return 42;
        }

        @Override
        public Instant now() {
          return NOW;
        }
      };

  private final SimulatedUser user = SimulatedUser.unnamed(new SplittableRandom(1));
  private final SimulatedExchange exchange = new SimulatedExchange(List.of(user), 7, NOW);
  private final SimulatedServer server = new SimulatedServer(exchange, CLOCK, anyPort());

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answers_come_whole_and_without_a_word_too_many() throws IOException {
    try (Socket socket = send(Client.TIME, Map.of())) {
      assertThat(readAll(socket))
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                  + TIME.length()
                  + "\r\nConnection: close\r\n\r\n"
                  + TIME);
    }
  }

  @Test
  void a_signed_request_is_answered_as_by_the_core() throws IOException {
    SimulatedRequest request = Client.get(user, Client.USDT, NOW);
    String answer = new SimulatedExchange(List.of(user), 7, NOW).respond(0, NOW, request).text();
    try (Socket socket = send(Client.USDT, request.headers())) {
      assertThat(readAll(socket)).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n" + answer);
    }
    assertThat(exchange.arrivals()).isOne();
  }

  @Test
  void the_target_reaches_the_exchange_byte_for_byte() throws IOException {
    String target = Client.VALUATION + "?x=%2f%41&&ccy=USDT&=";
    SimulatedRequest request = Client.get(user, target, NOW);
    try (Socket socket = send(target, request.headers())) {
      assertThat(readAll(socket)).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void each_region_of_an_exchange_can_have_a_server() throws IOException {
    SimulatedUser european = user.with(KeySettings.DEFAULT.in(SimulatedRegion.EEA));
    SimulatedExchange regional = new SimulatedExchange(List.of(european), 7, NOW);
    Map<String, String> headers = Client.get(european, Client.USDT, NOW).headers();
    try (SimulatedServer global = new SimulatedServer(regional, CLOCK, anyPort());
        SimulatedServer eea =
            new SimulatedServer(regional, SimulatedRegion.EEA, CLOCK, anyPort())) {
      global.start();
      eea.start();
      try (Socket socket = send(global, Client.USDT, headers)) {
        assertThat(readAll(socket)).startsWith("HTTP/1.1 401").contains("\"code\":\"50119\"");
      }
      try (Socket socket = send(eea, Client.USDT, headers)) {
        assertThat(readAll(socket)).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // elsewhere loopback may have one address only
  void a_request_comes_from_the_address_of_its_client() throws IOException {
    SimulatedUser bound = user.with(KeySettings.DEFAULT.boundTo("203.0.113.7"));
    SimulatedExchange strict = new SimulatedExchange(List.of(bound), 7, NOW);
    Map<String, String> headers = Client.get(bound, Client.USDT, NOW).headers();
    InetAddress second = InetAddress.getByName("127.0.0.2");
    try (SimulatedServer okx = new SimulatedServer(strict, CLOCK, anyPort())) {
      okx.start();
      URI url = okx.baseUrl();
      try (Socket socket = new Socket(url.getHost(), url.getPort(), second, 0)) {
        write(socket, Client.USDT, headers);
        assertThat(readAll(socket))
            .startsWith("HTTP/1.1 401")
            .contains("Your IP 127.0.0.2 is not included in your API key's xxxx IP whitelist.");
      }
    }
  }

  @Test
  void a_script_can_treat_every_endpoint_alone() throws IOException {
    for (Endpoint endpoint : Endpoint.values()) {
      exchange.script(
          request ->
              request.path().equals(endpoint.path())
                  ? Behaviour.of(new Reaction.Answer(SimulatedResponse.json(418, "{}")))
                  : Behaviour.NORMAL);
      for (Endpoint asked : Endpoint.values()) {
        try (Socket socket = send(asked.path(), Map.of())) {
          String answer = readAll(socket);
          assertThat(answer.startsWith("HTTP/1.1 418")).isEqualTo(asked == endpoint);
        }
      }
    }
  }

  @Test
  void a_connection_serves_many_requests() throws IOException {
    try (Socket socket = connect()) {
      String request = "GET " + Client.TIME + " HTTP/1.1\r\nHost: okx\r\n\r\n";
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        assertThat(readUntil(socket, TIME)).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void other_methods_are_not_allowed() throws IOException {
    try (Socket socket = connect()) {
      String request =
          "POST "
              + Client.TIME
              + " HTTP/1.1\r\nHost: okx\r\nContent-Length: 2\r\n"
              + "Connection: close\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(readAll(socket)).startsWith("HTTP/1.1 405 Method Not Allowed");
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
      assertThat(readAll(socket))
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
        assertThat(readAll(socket))
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
      assertThatThrownBy(() -> readAll(socket))
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
      assertThatThrownBy(() -> readAll(socket)).isInstanceOf(SocketTimeoutException.class);
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
      assertThat(readAll(socket)).contains("\"ts\":\"1795348800143\"");
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
    // Under way as long as the first, and sent later: the first arrives before it.
    try (Socket socket = send(Client.USDT, request.headers())) {
      assertThat(readAll(socket)).startsWith("HTTP/1.1 429");
    }
    assertThat(exchange.arrivals()).isEqualTo(2);
  }

  @Test
  void threads_are_daemons_and_named_after_the_exchange() {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("simulated-okx-"))
            .toList();
    assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon).hasSizeLessThan(8);
  }

  @Test
  void it_says_where_it_is() {
    assertThat(server.baseUrl().toString()).matches("http://127\\.0\\.0\\.1:\\d+");
  }

  @Test
  void it_listens_on_loopback_only() {
    assertThatThrownBy(() -> new SimulatedServer(exchange, CLOCK, new InetSocketAddress(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("simulated exchange listens on loopback only, not on 0.0.0.0/0.0.0.0:0");
  }

  @Test
  void a_taken_port_is_said() {
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.baseUrl().getPort());
    try (SimulatedServer second = new SimulatedServer(exchange, CLOCK, taken)) {
      assertThatThrownBy(second::start).isInstanceOf(IOException.class);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private Socket connect() throws IOException {
    return connect(server);
  }

  private static Socket connect(SimulatedServer server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.baseUrl().getPort());
  }

  private Socket send(String target, Map<String, String> headers) throws IOException {
    return send(server, target, headers);
  }

  private static Socket send(SimulatedServer server, String target, Map<String, String> headers)
      throws IOException {
    Socket socket = connect(server);
    write(socket, target, headers);
    return socket;
  }

  private static void write(Socket socket, String target, Map<String, String> headers)
      throws IOException {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: okx\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    request.append("Connection: close\r\n\r\n");
    socket.getOutputStream().write(request.toString().getBytes(US_ASCII));
  }

  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  private static String readUntil(Socket socket, String end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }
}
