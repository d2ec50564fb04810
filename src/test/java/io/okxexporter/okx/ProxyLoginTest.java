package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.RequestHandler;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectFault;
import io.okxexporter.model.ConnectResult;
import io.okxexporter.model.ConnectResult.Unreached;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.HttpProxy.Login;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that require a user and a password, over real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProxyLoginTest {
  private static final URI OKX = URI.create("https://okx.example");
  private static final URI PLAIN_OKX = URI.create("http://127.0.0.1:1");
  private static final Login LOGIN = new Login("rented-1", new Secret("päss:word"));
  private static final String BASIC =
      "Proxy-Authorization: Basic "
          + Base64.getEncoder().encodeToString("rented-1:päss:word".getBytes(UTF_8));

  private static final String VALUATION =
      "{\"code\":\"0\",\"msg\":\"\",\"data\":[{\"totalBal\":\"1\",\"details\":{},\"ts\":\"1\"}]}";
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: " + VALUATION.length() + "\r\n\r\n" + VALUATION;
  private static final String LOGIN_REQUIRED =
      "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";

  private final OkHttpTransport transport =
      new OkHttpTransport(
          new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30)),
          4,
          Clock.system(),
          new SimpleMeterRegistry());

  private Authority authority;

  @BeforeEach
  void trust() throws Exception {
    authority = new Authority("okx");
    transport.trust(List.of(authority.root.certificate()));
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void a_proxy_gets_the_password_with_its_first_request_and_okx_never() throws Exception {
    try (SocketServer proxy = proxy(BASIC)) {
      User user = through(proxy, LOGIN, OKX);
      assertThat(valuation(user)).isInstanceOf(Success.class);
      assertThat(valuation(user)).isInstanceOf(Success.class);
      assertThat(proxy.requests()).hasSize(3);
      assertThat(proxy.requests().get(0))
          .startsWith("CONNECT okx.example:443 HTTP/1.1\n")
          .contains(BASIC + "\n");
      assertThat(proxy.requests().subList(1, 3))
          .allSatisfy(
              request ->
                  assertThat(request)
                      .startsWith("GET /api/v5/asset/asset-valuation?ccy=USDT HTTP/1.1\n")
                      .doesNotContainIgnoringCase("proxy-auth"));
    }
  }

  @Test
  void a_proxy_gets_the_password_with_a_request_that_is_not_encrypted() throws Exception {
    try (SocketServer proxy = proxy(BASIC)) {
      assertThat(valuation(through(proxy, LOGIN, PLAIN_OKX))).isInstanceOf(Success.class);
      assertThat(proxy.requests()).hasSize(1);
      assertThat(proxy.requests().get(0))
          .startsWith("GET http://127.0.0.1:1/api/v5/asset/asset-valuation?ccy=USDT HTTP/1.1\n");
    }
  }

  /** The login may decide from which address a proxy connects, and so whose key OKX accepts. */
  @Test
  void users_with_different_passwords_share_no_connection() throws Exception {
    try (SocketServer proxy = proxy("Proxy-Authorization: Basic ")) {
      for (String name : List.of("one", "other", "one")) {
        assertThat(valuation(through(proxy, new Login(name, LOGIN.password()), OKX)))
            .isInstanceOf(Success.class);
      }
      assertThat(proxy.requests()).filteredOn(head -> head.startsWith("CONNECT")).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "wrong"})
  void a_proxy_that_refuses_gets_one_request_and_is_named_with_what_to_set(String which)
      throws Exception {
    Login login = which.equals("none") ? null : new Login("rented-1", new Secret("wrong"));
    for (URI okx : List.of(OKX, PLAIN_OKX)) {
      try (SocketServer proxy = proxy(BASIC)) {
        Failure<?> failure = (Failure<?>) valuation(through(proxy, login, okx));
        assertThat(proxy.requests()).hasSize(1);
        assertThat(failure.reason()).isEqualTo(Reason.NETWORK);
        assertThat(failure.lost()).isFalse();
        assertThat(failure.detail()).doesNotContain("wrong", "rented-1");
        assertThat(failure.remedy())
            .isEqualTo(
                "No connection to OKX: the proxy requires a user and a password, or rejects those"
                    + " it got. Set proxy_user and proxy_password to what the proxy expects; they"
                    + " are sent by the scheme Basic.");
      }
    }
  }

  @Test
  void check_names_a_proxy_that_refuses() throws Exception {
    try (SocketServer proxy = proxy(BASIC)) {
      CompletableFuture<ConnectResult> connect = new CompletableFuture<>();
      client().probe(OKX, new HttpProxy(proxy.url(), null), it -> connect.complete(it.connect()));
      assertThat(((Unreached) connect.join()).fault()).isEqualTo(ConnectFault.PROXY_LOGIN);
    }
  }

  /** A proxy that ends its tunnels itself, to show what goes through them. */
  private SocketServer proxy(String required) throws Exception {
    RequestHandler[] handler = new RequestHandler[1];
    SocketServer[] server = new SocketServer[1];
    handler[0] =
        (socket, head) -> {
          if (socket instanceof SSLSocket) {
            SocketServer.write(socket, OK);
          } else if (!head.contains(required)) {
            SocketServer.write(socket, LOGIN_REQUIRED);
          } else if (head.startsWith("CONNECT ")) {
            SocketServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
            SocketServer.requests(handler[0]).handle(server[0], secured(socket));
          } else {
            SocketServer.write(socket, OK);
          }
        };
    server[0] = new SocketServer(handler[0]);
    return server[0];
  }

  private Socket secured(Socket raw) {
    try {
      return authority
          .issue("dns:okx.example")
          .server()
          .getSocketFactory()
          .createSocket(raw, (InputStream) null, true);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static User through(SocketServer proxy, @Nullable Login login, URI okx) {
    return Users.through(
        new HttpProxy(proxy.url(), login), Users.onHost(okx, Users.user(null, "USDT")));
  }

  private Outcome<Valuation> valuation(User user) throws Exception {
    CompletableFuture<Outcome<Valuation>> outcome = new CompletableFuture<>();
    client().valuation(user, "USDT", outcome::complete);
    return outcome.get(30, TimeUnit.SECONDS);
  }

  private OkxClient client() {
    return new OkxClient(transport, Clock.system(), host -> Duration.ZERO, "okx-exporter/test");
  }
}
