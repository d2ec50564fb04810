package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Awaiting;
import io.okxexporter.web.connector.DeadlineEndPoint;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections whose passwords wait to be checked. */
@Tag("slow")
class WaitingRequestsTest {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);
  private static final String AUTHORIZATION =
      WebConfigHandlerTest.authorization(WaitingRoom.USER, WaitingRoom.PASSWORD)[1];
  private static final String REQUEST =
      "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: " + AUTHORIZATION + "\r\n";

  /** The preface, SETTINGS, and HEADERS of stream 1. */
  private static final String HTTP_2_REQUEST =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0" + headersFrame();

  /** RST_STREAM of stream 1 with CANCEL. */
  private static final String RESET_STREAM = "\0\0\4\3\0\0\0\0\1\0\0\0\10";

  /** Ways to disconnect. */
  enum Leaving {
    CLOSE,
    CLOSE_WITH_MORE_TO_READ,
    SHUT_DOWN_OUTPUT,
    RESET,
    TLS_CLOSE,
    HTTP_2_RESET_STREAM,
    HTTP_2_CLOSE;

    boolean isOverTls() {
      return name().startsWith("TLS") || name().startsWith("HTTP_2");
    }

    Socket sendRequest(WaitingRoom room) throws Exception {
      return switch (this) {
        case CLOSE, CLOSE_WITH_MORE_TO_READ, SHUT_DOWN_OUTPUT, RESET ->
            send(room.plain(), REQUEST + "\r\n");
        case TLS_CLOSE -> send(room.tls("http/1.1"), REQUEST + "\r\n");
        case HTTP_2_RESET_STREAM, HTTP_2_CLOSE -> send(room.tls("h2"), HTTP_2_REQUEST);
      };
    }

    void leave(Socket socket) throws IOException {
      switch (this) {
        case CLOSE, TLS_CLOSE, HTTP_2_CLOSE -> socket.close();
        case CLOSE_WITH_MORE_TO_READ -> send(socket, "GET /").close();
        case SHUT_DOWN_OUTPUT -> socket.shutdownOutput();
        case RESET -> {
          socket.setSoLinger(true, 0);
          socket.close();
        }
        case HTTP_2_RESET_STREAM -> send(socket, RESET_STREAM);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Leaving.class)
  void who_has_gone_is_not_checked(Leaving leaving) throws Exception {
    try (WaitingRoom room = new WaitingRoom(leaving.isOverTls(), REQUEST_TIMEOUT);
        Socket socket = leaving.sendRequest(room)) {
      room.await(1);
      assertThat(room.presences.get(0).getAsBoolean()).isTrue();
      leaving.leave(socket);
      Awaiting.until(() -> !room.presences.get(0).getAsBoolean());
      room.work();
      assertThat(room.comparisons).hasValue(0);
      assertThat(room.waiting()).isZero();
    }
  }

  @Test
  void who_only_listens_any_more_is_answered_but_not_checked() throws Exception {
    try (WaitingRoom room = new WaitingRoom(false, REQUEST_TIMEOUT);
        Socket socket = send(room.plain(), REQUEST + "\r\n")) {
      room.await(1);
      socket.shutdownOutput();
      Awaiting.until(() -> !room.presences.get(0).getAsBoolean());
      room.work();
      assertThat(all(socket)).startsWith("HTTP/1.1 429 ").endsWith("try again\n");
    }
  }

  @Test
  void who_has_gone_makes_room_on_the_server() throws Exception {
    try (WaitingRoom room = new WaitingRoom(false, REQUEST_TIMEOUT)) {
      send(room.plain(), REQUEST + "\r\n").close();
      room.await(1);
      Awaiting.until(() -> !room.presences.get(0).getAsBoolean());
      room.work();
      Awaiting.until(() -> !room.connections.get(0).isOpen());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void who_stays_is_checked(boolean overTls) throws Exception {
    try (WaitingRoom room = new WaitingRoom(overTls, REQUEST_TIMEOUT);
        Socket socket = send(connect(room, overTls), REQUEST + "Connection: close\r\n\r\n")) {
      room.await(1);
      room.work();
      assertThat(room.comparisons).hasValue(1);
      assertThat(all(socket)).startsWith("HTTP/1.1 200 ").contains("the page");
    }
  }

  /** Shorter and longer than what is read ahead to detect a disconnected client. */
  @ParameterizedTest
  @CsvSource({"false, 0", "false, 1000", "true, 0", "true, 1000"})
  void a_request_that_comes_while_another_waits_is_answered_afterwards(boolean overTls, int padding)
      throws Exception {
    try (WaitingRoom room = new WaitingRoom(overTls, REQUEST_TIMEOUT);
        Socket socket = send(connect(room, overTls), REQUEST + "\r\n")) {
      room.await(1);
      send(socket, REQUEST + "X: " + "x".repeat(padding) + "\r\nConnection: close\r\n\r\n");
      awaitBytes(room.connections.get(0));
      room.work();
      assertThat(all(socket).split("HTTP/1.1 200 ", -1)).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_rest_of_a_request_that_waits_is_read_afterwards(boolean overTls) throws Exception {
    try (WaitingRoom room = new WaitingRoom(overTls, REQUEST_TIMEOUT);
        Socket socket = send(connect(room, overTls), REQUEST + "Content-Length: 1000\r\n\r\n")) {
      room.await(1);
      send(socket, "b".repeat(1000));
      awaitBytes(room.connections.get(0));
      room.work();
      String response = "";
      while (!response.endsWith("the page\n")) {
        response += (char) socket.getInputStream().read();
      }
      send(socket, REQUEST + "Connection: close\r\n\r\n");
      assertThat(all(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"false, HTTP_1_1", "true, HTTP_1_1", "true, HTTP_2"})
  void a_request_that_waits_for_longer_than_patience_lasts_is_answered(
      boolean overTls, HttpClient.Version version) throws Exception {
    try (WaitingRoom room = new WaitingRoom(overTls, SHORT_TIMEOUT)) {
      HttpClient client =
          HttpClient.newBuilder()
              .version(version)
              .sslContext(new TlsClient(room.authority, null).context())
              .build();
      CompletableFuture<HttpResponse<String>> response =
          client.sendAsync(request(room, overTls), BodyHandlers.ofString());
      room.await(1);
      outlastTimeout(room);
      outlastTimeout(room);
      room.work();
      assertThat(response.get().statusCode()).isEqualTo(200);
      assertThat(response.get().version()).isEqualTo(version);
    }
  }

  private static HttpRequest request(WaitingRoom room, boolean overTls) {
    String base = (overTls ? "https" : "http") + "://127.0.0.1:" + room.address().getPort();
    return HttpRequest.newBuilder(URI.create(base + "/"))
        .header("Authorization", AUTHORIZATION)
        .build();
  }

  private static Socket connect(WaitingRoom room, boolean overTls) throws Exception {
    return overTls ? room.tls("http/1.1") : room.plain();
  }

  private static Socket send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return socket;
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** Waits until the server has bytes to read. */
  private static void awaitBytes(DeadlineEndPoint connection) throws Exception {
    SocketChannel channel = connection.getChannel();
    Awaiting.until(() -> channel.socket().getInputStream().available() > 0);
  }

  /** Uses HPACK's static table, and {@code authorization} as a literal without indexing. */
  private static String headersFrame() {
    String block = "\202\207\204\101\1x\17\10" + (char) AUTHORIZATION.length() + AUTHORIZATION;
    return "\0\0" + (char) block.length() + "\1\5\0\0\0\1" + block;
  }

  /** Waits until an idle connection has been closed. */
  private static void outlastTimeout(WaitingRoom room) throws IOException {
    try (Socket idle = room.plain()) {
      assertThat(idle.getInputStream().read()).isNegative();
    }
  }
}
