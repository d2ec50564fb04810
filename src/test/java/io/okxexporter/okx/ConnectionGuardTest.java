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

/** What happens to a kept connection between two requests, over real sockets. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ConnectionGuardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String ANSWER = answer("");
  private static final int ROUNDS = 10_000;

  private static SSLContext certificate;

  private final VirtualTime clock = new VirtualTime(World.START);
  private final OkHttpTransport transport =
      new OkHttpTransport(new Timeouts(PATIENCE, PATIENCE), 4, clock, new SimpleMeterRegistry());

  /** What the other side does after an answer, and whether the connection is still good then. */
  private enum Event {
    NOTHING(true),
    /** Over TLS, a record that is neither an answer nor a goodbye, as a session ticket is. */
    KEY_UPDATE(true) {
      @Override
      void happenTo(Connection connection) throws IOException {
        ((SSLSocket) connection.socket()).startHandshake();
      }
    },
    FIN(false) {
      @Override
      void happenTo(Connection connection) throws IOException {
        connection.raw().close();
      }
    },
    HALF_CLOSE(false) {
      @Override
      void happenTo(Connection connection) throws IOException {
        connection.raw().shutdownOutput();
      }
    },
    RST(false) {
      @Override
      void happenTo(Connection connection) throws IOException {
        connection.raw().setSoLinger(true, 0);
        connection.raw().close();
      }
    },
    /** Over TLS, a close_notify before the FIN. */
    CLOSE_NOTIFY(false) {
      @Override
      void happenTo(Connection connection) throws IOException {
        connection.socket().close();
      }
    },
    STRAY_ANSWER(false) {
      @Override
      void happenTo(Connection connection) throws IOException {
        write(connection.socket(), ANSWER);
      }
    },
    /** Over TLS, bytes that are no record at all. */
    STRAY_BYTE(false) {
      @Override
      void happenTo(Connection connection) throws IOException {
        write(connection.raw(), "\n");
      }
    },
    /** In the segment, and the record, of the answer that was asked for. */
    ANSWERED_TWICE(false);

    private final boolean good;

    Event(boolean good) {
      this.good = good;
    }

    void happenTo(Connection connection) throws IOException {
      // nothing between the requests
    }

    boolean canHappenOver(Way way) {
      return this != KEY_UPDATE || way != Way.PLAIN;
    }

    /** Whether the client's kernel has something to show for it. */
    boolean shows() {
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
  static void trustTheUsualAgain() {
    System.clearProperty(TRUST_STORE);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  /** Knows the connection that was opened last, beneath TLS. */
  private static final class Watched extends ChannelSockets {
    private volatile Socket opened = new Socket();

    @Override
    public Socket createSocket() throws SocketException {
      opened = super.createSocket();
      return opened;
    }

    /** Waits until what happened at the other end shows at ours. */
    void awaitNews() throws IOException {
      SocketChannel channel = opened.getChannel();
      channel.configureBlocking(false);
      try (Selector selector = Selector.open()) {
        channel.register(selector, SelectionKey.OP_READ);
        assertThat(selector.select(PATIENCE.toMillis())).isEqualTo(1);
      }
      channel.configureBlocking(true);
    }
  }

  /** A server, what it does next, and how many connections and requests it is to have seen. */
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
                      write(socket, ANSWER.repeat(next == Event.ANSWERED_TWICE ? 2 : 1))));
      client = guarded(sockets, server.proxy());
    }

    /** Two requests, the second one after the event. */
    void survives(Event event) throws Exception {
      next = event;
      isAnswered(event + " comes");
      event.happenTo(server.newest());
      if (event.shows()) {
        sockets.awaitNews();
      }
      next = Event.NOTHING;
      connections += event.good ? 0 : 1;
      isAnswered(event.toString());
    }

    private void isAnswered(String when) throws Exception {
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
        if (event.canHappenOver(way)) {
          peer.survives(event);
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
      for (int round = 0; round < ROUNDS; ) {
        Peer peer = peers.get(random.nextInt(peers.size()));
        Event event = events.get(random.nextInt(events.size()));
        if (event.canHappenOver(peer.way)) {
          peer.survives(event);
          round++;
        }
      }
    }
  }

  /** The next connection would be no better. */
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
                write(socket, ANSWER);
                socket.getInputStream().readAllBytes();
              }
            })) {
      Watched sockets = new Watched();
      OkHttpClient client =
          guarded(
              sockets,
              Proxy.NO_PROXY,
              chain -> {
                sockets.awaitNews();
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
   * @param between come between the connection and the guard
   */
  private OkHttpClient guarded(ChannelSockets sockets, Proxy proxy, Interceptor... between) {
    ConnectionGuard guard = new ConnectionGuard(clock);
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .proxy(proxy)
            .retryOnConnectionFailure(false)
            // So that the last connection to be opened is the one that is used.
            .fastFallback(false)
            .socketFactory(sockets)
            .readTimeout(PATIENCE)
            .addInterceptor(guard::replaceUnusable);
    List.of(between).forEach(client::addNetworkInterceptor);
    return client.addNetworkInterceptor(guard::check).build();
  }

  /** A close with a time to linger returns once the other kernel has all of it. */
  @Test
  void the_transport_has_its_connections_guarded() throws Exception {
    try (SocketServer okx = new SocketServer(SocketServer.answering(ANSWER))) {
      for (int calls = 1; calls <= 20; calls++) {
        assertThat(send(okx)).isInstanceOf(Response.class);
        assertThat(okx.connections()).isEqualTo(calls);
        okx.newest().raw().setSoLinger(true, (int) PATIENCE.toSeconds());
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
        new SocketServer(SocketServer.answering(answer("Keep-Alive: " + keepAlive + "\r\n")))) {
      send(okx);
      if (stillMillis != null) {
        clock.advance(Duration.ofMillis(stillMillis));
        send(okx);
        assertThat(okx.connections()).isEqualTo(1);
        // An announced timeout begins again with each answer, the greatest age does not.
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
    try (SocketServer one = new SocketServer(SocketServer.answering(ANSWER));
        SocketServer other = new SocketServer(SocketServer.answering(ANSWER))) {
      for (int rounds = 1; rounds <= 5; rounds++) {
        assertThat(send(one)).isInstanceOf(Response.class);
        assertThat(send(other)).isInstanceOf(Response.class);
        assertThat(one.connections()).isEqualTo(rounds);
        assertThat(other.connections()).isEqualTo(rounds);
        clock.advance(Duration.ofMinutes(5));
      }
    }
  }

  private Reply send(SocketServer server) throws Exception {
    return reply(new Request(server.url(), "/", Map.of(), null, null, null));
  }

  private Reply reply(Request request) throws Exception {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    transport.send(request, reply::complete);
    return reply.get(60, TimeUnit.SECONDS);
  }

  private static String answer(String headers) {
    return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + headers + "\r\n{}";
  }
}
