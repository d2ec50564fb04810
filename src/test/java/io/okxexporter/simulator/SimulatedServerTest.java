package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SimulatedServerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final String TIME =
      "{\"code\":\"0\",\"data\":[{\"ts\":\"1795348800123\"}],\"msg\":\"\"}";

  /** Stands still, so that every request arrives at the same nanosecond. */
  private static final Clock CLOCK = new VirtualTime(NOW);

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
      assertThat(Client.readAll(socket))
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
    String expected =
        Client.text(new SimulatedExchange(List.of(user), 7, NOW).respond(0, NOW, request));
    try (Socket socket = send(Client.USDT, request.headers())) {
      assertThat(Client.readAll(socket))
          .startsWith("HTTP/1.1 200 OK")
          .endsWith("\r\n\r\n" + expected);
    }
    assertThat(exchange.respond(CLOCK.nanoTime(), NOW, request).status()).isEqualTo(429);
  }

  @Test
  void the_target_reaches_the_exchange_byte_for_byte() throws IOException {
    String target = Client.VALUATION + "?x=%2f%41&&ccy=USDT&=";
    SimulatedRequest request = Client.get(user, target, NOW);
    try (Socket socket = send(target, request.headers())) {
      assertThat(Client.readAll(socket)).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void each_region_of_an_exchange_can_have_a_server() throws IOException {
    SimulatedUser european = Keys.in(SimulatedRegion.EEA, user);
    SimulatedExchange regional = new SimulatedExchange(List.of(european), 7, NOW);
    Map<String, String> headers = Client.get(european, Client.USDT, NOW).headers();
    try (SimulatedServer global = new SimulatedServer(regional, CLOCK, anyPort());
        SimulatedServer eea =
            new SimulatedServer(
                new ExchangeHandler(regional, SimulatedRegion.EEA, CLOCK), anyPort())) {
      global.start();
      eea.start();
      try (Socket socket = Client.send(global, Client.USDT, headers)) {
        assertThat(Client.readAll(socket))
            .startsWith("HTTP/1.1 401")
            .contains("\"code\":\"50119\"");
      }
      try (Socket socket = Client.send(eea, Client.USDT, headers)) {
        assertThat(Client.readAll(socket)).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // elsewhere loopback may have one address only
  void a_request_comes_from_the_address_of_its_client() throws IOException {
    SimulatedUser bound = Keys.boundTo(user, "203.0.113.7");
    SimulatedExchange strict = new SimulatedExchange(List.of(bound), 7, NOW);
    Map<String, String> headers = Client.get(bound, Client.USDT, NOW).headers();
    InetAddress second = InetAddress.getByName("127.0.0.2");
    try (SimulatedServer okx = new SimulatedServer(strict, CLOCK, anyPort())) {
      okx.start();
      URI url = okx.baseUrl();
      try (Socket socket = new Socket(url.getHost(), url.getPort(), second, 0)) {
        Client.write(socket, Client.USDT, headers);
        assertThat(Client.readAll(socket))
            .startsWith("HTTP/1.1 401")
            .contains("Your IP 127.0.0.2 is not included in your API key's xxxx IP whitelist.");
      }
    }
  }

  @Test
  void a_connection_serves_many_requests() throws IOException {
    try (Socket socket = Client.connect(server)) {
      String request = "GET " + Client.TIME + " HTTP/1.1\r\nHost: okx\r\n\r\n";
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        assertThat(readUntil(socket, TIME)).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void other_methods_are_not_allowed() throws IOException {
    try (Socket socket = Client.connect(server)) {
      String request =
          "POST "
              + Client.TIME
              + " HTTP/1.1\r\nHost: okx\r\nContent-Length: 2\r\n"
              + "Connection: close\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(Client.readAll(socket)).startsWith("HTTP/1.1 405 Method Not Allowed");
    }
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

  private Socket send(String target, Map<String, String> headers) throws IOException {
    return Client.send(server, target, headers);
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
