package io.okxexporter.okx;

import static io.okxexporter.fixture.SocketServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Connection;
import io.okxexporter.fixture.SocketServer.Way;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.World;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events on a pooled connection between two requests, over real sockets. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ConnectionGuardTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String RESPONSE = response("");
  private static final int EVENTS = 10_000;

  private static SSLContext certificate;

  private final VirtualTime clock = new VirtualTime(World.START);
  private final OkHttpTransport transport =
      new OkHttpTransport(new Timeouts(TIMEOUT, TIMEOUT), 4, clock, new SimpleMeterRegistry());

  /** What the server does after a response, and whether the connection is still usable then. */
  private enum Event {
    NOTHING(true),
    /** Over TLS, a record that is neither data nor a close, like a session ticket. */
    KEY_UPDATE(true) {
      @Override
      void applyTo(Connection connection) throws IOException {
        ((SSLSocket) connection.socket()).startHandshake();
      }
    },
    FIN(false) {
      @Override
      void applyTo(Connection connection) throws IOException {
        connection.raw().close();
      }
    },
    HALF_CLOSE(false) {
      @Override
      void applyTo(Connection connection) throws IOException {
        connection.raw().shutdownOutput();
      }
    },
    RST(false) {
      @Override
      void applyTo(Connection connection) throws IOException {
        connection.raw().setSoLinger(true, 0);
        connection.raw().close();
      }
    },
    /** Over TLS, a close_notify before the FIN. */
    CLOSE_NOTIFY(false) {
      @Override
      void applyTo(Connection connection) throws IOException {
        connection.socket().close();
      }
    },
    STRAY_ANSWER(false) {
      @Override
      void applyTo(Connection connection) throws IOException {
        write(connection.socket(), RESPONSE);
      }
    },
    /** Over TLS, bytes that are no record at all. */
    STRAY_BYTE(false) {
      @Override
      void applyTo(Connection connection) throws IOException {
        write(connection.raw(), "\n");
      }
    },
    /** In the segment, and the record, of the expected response. */
    ANSWERED_TWICE(false);

    private final boolean usable;

    Event(boolean usable) {
      this.usable = usable;
    }

    void applyTo(Connection connection) throws IOException {
      // nothing between the requests
    }

    boolean appliesTo(Way way) {
      return this != KEY_UPDATE || way != Way.PLAIN;
    }

    /** Whether it makes the client's socket readable. */
    boolean makesReadable() {
      return this != NOTHING && this != ANSWERED_TWICE;
    }
  }

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    Authority authority = new Authority("okx");
    certificate = authority.issue("dns:localhost").server();
    System.setProperty(TRUST_STORE, authority.trustStore(folder).toString());
  }

  @AfterAll
  static void clearTrustStore() {
    System.clearProperty(TRUST_STORE);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  /** Keeps the socket, beneath TLS, of the newest connection. */
  private static final class Watched extends ChannelSocketFactory {
    private volatile Socket opened = new Socket();

    @Override
    public Socket createSocket() throws SocketException {
      opened = super.createSocket();
      return opened;
    }

    /** Waits until the server's event arrives at the client. */
    void awaitEvent() throws IOException {
      SocketChannel channel = opened.getChannel();
      channel.configureBlocking(false);
      try (Selector selector = Selector.open()) {
        channel.register(selector, SelectionKey.OP_READ);
        assertThat(selector.select(TIMEOUT.toMillis())).isEqualTo(1);
      }
      channel.configureBlocking(true);
    }
  }

  /** A server, its next event, and the connections and requests it is expected to have seen. */
  private final class Peer implements AutoCloseable {
    private final Way way;
    private final SocketServer server;
    private final Watched sockets = new Watched();
    private final OkHttpClient client;
    private volatile Event next = Event.NOTHING;
    private int connections = 1;
    private int requests;

    Peer(Way way) throws IOException {
      this.way = way;
      server =
          new SocketServer(
              way,
              () -> way == Way.PLAIN ? null : certificate,
              SocketServer.requests(
                  (socket, head) ->
                      write(socket, RESPONSE.repeat(next == Event.ANSWERED_TWICE ? 2 : 1))));
      client = guarded(sockets, server.proxy());
    }

    /** Sends one request before and one after the event. */
    void assertSurvives(Event event) throws Exception {
      next = event;
      assertResponse(event + " comes");
      event.applyTo(server.newest());
      if (event.makesReadable()) {
        sockets.awaitEvent();
      }
      next = Event.NOTHING;
      connections += event.usable ? 0 : 1;
      assertResponse(event.toString());
    }

    private void assertResponse(String when) throws Exception {
      try (okhttp3.Response response = client.newCall(request(server.url())).execute()) {
        assertThat(response.body().string()).as(when).isEqualTo("{}");
      }
      requests++;
      assertThat(server.requests()).as(when).hasSize(requests);
      assertThat(server.connections()).as(when).isEqualTo(connections);
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatever_ends_or_waits_on_a_connection_costs_no_request(Event event) throws Exception {
    for (Way way : Way.values()) {
      try (Peer peer = new Peer(way)) {
        if (event.appliesTo(way)) {
          peer.assertSurvives(event);
        }
      }
    }
  }

  @Test
  @Tag("slow")
  void ten_thousand_such_events_cost_no_request() throws Exception {
    Random random = new Random(15);
    try (Peer plain = new Peer(Way.PLAIN);
        Peer tls = new Peer(Way.TLS);
        Peer tunnel = new Peer(Way.TUNNEL)) {
      List<Peer> peers = List.of(plain, tls, tunnel);
      List<Event> events = List.of(Event.values());
      for (int count = 0; count < EVENTS; ) {
        Peer peer = peers.get(random.nextInt(peers.size()));
        Event event = events.get(random.nextInt(events.size()));
        if (event.appliesTo(peer.way)) {
          peer.assertSurvives(event);
          count++;
        }
      }
    }
  }

  /** It is not replaced because the next connection would be no better. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_new_connection_with_something_on_it_is_a_fault_and_is_not_replaced(boolean closes)
      throws Exception {
    try (SocketServer server =
        new SocketServer(
            Way.PLAIN,
            () -> null,
            (it, socket) -> {
              if (!closes) {
                write(socket, RESPONSE);
                socket.getInputStream().readAllBytes();
              }
            })) {
      Watched sockets = new Watched();
      OkHttpClient client =
          guarded(
              sockets,
              Proxy.NO_PROXY,
              chain -> {
                sockets.awaitEvent();
                return chain.proceed(chain.request());
              });
      assertThatThrownBy(() -> client.newCall(request(server.url())).execute().close())
          .hasMessage(
              closes
                  ? "connection closed before the request"
                  : "data arrived before the request was sent");
      assertThat(server.connections()).isOne();
    }
  }

  private static okhttp3.Request request(URI url) {
    return new okhttp3.Request.Builder().url(url.toString()).build();
  }

  /**
   * @param between interceptors between the connection and the guard
   */
  private OkHttpClient guarded(ChannelSocketFactory sockets, Proxy proxy, Interceptor... between) {
    ConnectionGuard guard = new ConnectionGuard(clock);
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .proxy(proxy)
            .retryOnConnectionFailure(false)
            // Ensures that the newest connection is the one in use.
            .fastFallback(false)
            .socketFactory(sockets)
            .readTimeout(TIMEOUT)
            .addInterceptor(guard::replaceUnusable);
    List.of(between).forEach(client::addNetworkInterceptor);
    return client.addNetworkInterceptor(guard::check).build();
  }

  /** A close with a linger time returns once the peer's kernel has acknowledged it. */
  @Test
  void the_transport_has_its_connections_guarded() throws Exception {
    try (SocketServer okx = new SocketServer(SocketServer.answering(RESPONSE))) {
      for (int calls = 1; calls <= 20; calls++) {
        assertThat(send(okx)).isInstanceOf(Response.class);
        assertThat(okx.connections()).isEqualTo(calls);
        okx.newest().raw().setSoLinger(true, (int) TIMEOUT.toSeconds());
        okx.newest().raw().close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "timeout=5, 3999, 4000",
    "'timeout=5, max=100', 3999, 4000",
    "'max=100, Timeout = 5', 3999, 4000",
    "timeout=1, 499, 500",
    "timeout=0, , 0",
    "max=100, 299999, 300000",
    "timeout=9999999999, 299999, 300000",
    "xtimeout=5, 299999, 300000",
    "timeout=3600, 299999, 300000"
  })
  void a_connection_is_used_no_longer_than_announced_and_no_longer_than_five_minutes(
      String keepAlive, Long stillMillis, long noMoreMillis) throws Exception {
    try (SocketServer okx =
        new SocketServer(SocketServer.answering(response("Keep-Alive: " + keepAlive + "\r\n")))) {
      send(okx);
      if (stillMillis != null) {
        clock.advance(Duration.ofMillis(stillMillis));
        send(okx);
        assertThat(okx.connections()).isEqualTo(1);
        // An announced timeout restarts with each response, the greatest age does not.
        boolean announced = noMoreMillis < 300_000;
        clock.advance(Duration.ofMillis(announced ? noMoreMillis : noMoreMillis - stillMillis));
      }
      send(okx);
      assertThat(okx.connections()).isEqualTo(2);
      assertThat(okx.requests()).hasSize(stillMillis == null ? 2 : 3);
    }
  }

  @Test
  void however_many_connections_have_grown_old_a_request_finds_a_new_one() throws Exception {
    try (SocketServer one = new SocketServer(SocketServer.answering(RESPONSE));
        SocketServer other = new SocketServer(SocketServer.answering(RESPONSE))) {
      for (int connections = 1; connections <= 5; connections++) {
        assertThat(send(one)).isInstanceOf(Response.class);
        assertThat(send(other)).isInstanceOf(Response.class);
        assertThat(one.connections()).isEqualTo(connections);
        assertThat(other.connections()).isEqualTo(connections);
        clock.advance(Duration.ofMinutes(5));
      }
    }
  }

  private Reply send(SocketServer server) throws Exception {
    return reply(new Request(server.url(), "/", Map.of(), null, null, 1024, null));
  }

  private Reply reply(Request request) throws Exception {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    transport.send(request, reply::complete);
    return reply.get(60, TimeUnit.SECONDS);
  }

  private static String response(String headers) {
    return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + headers + "\r\n{}";
  }
}
