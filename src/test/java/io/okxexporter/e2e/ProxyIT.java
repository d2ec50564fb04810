package io.okxexporter.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Awaiting;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Way;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar behind a real tinyproxy, to an OKX whose certificate Java does not trust by itself. */
class ProxyIT {
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final String PASSWORD = "s3cr3t-w0rd";
  private static final String LOGIN = "BasicAuth rented-1 " + PASSWORD;
  private static final String REFUSED =
      "No connection to OKX: the proxy requires a user and a password, or rejects those it got."
          + " Set proxy_user and proxy_password to what the proxy expects";

  private final Http http = new Http();
  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path folder;

  private Authority authority;

  @BeforeEach
  void makeAuthority() throws Exception {
    authority = new Authority("corporate");
    Files.writeString(folder.resolve("ca.pem"), authority.root.certificatePem());
  }

  @Test
  void a_wrong_password_is_named_and_the_right_one_is_used_once_its_file_has_it() throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed();
        SocketServer okx = encrypted(exchange);
        Tinyproxy proxy = new Tinyproxy(LOGIN)) {
      Path password = Files.writeString(folder.resolve("proxy_password"), "wr0ng-w0rd\n");
      environment.putAll(exchange.environment());
      environment.put("OKX_REGION", okx.url().toString());
      environment.put("OKX_CA_FILE", folder.resolve("ca.pem").toString());
      environment.put("OKX_PROXY_URL", proxy.url().toString());
      environment.put("OKX_PROXY_USER", "rented-1");
      environment.put("OKX_PROXY_PASSWORD_FILE", password.toString());
      try (Child exporter = Child.jar(environment, ANY_PORT)) {
        URI url = Http.url(exporter.awaitLine("msg=\"serving")).resolve("/metrics");
        assertThat(exporter.awaitLine("valuation request failed"))
            .contains("reason=network", REFUSED);
        assertThat(check(1))
            .contains("fail host", "the proxy requires a user and a password, or rejects those");
        assertThat(exchange.exchange.arrivals()).isZero();

        Files.writeString(password, PASSWORD);
        exporter.poll(TIMEOUT, () -> http.scrape(url).value("okx_up"), up -> up == 1);
        exporter.awaitLine("secret files changed and were reloaded");
        assertThat(check(0)).contains("through the proxy " + proxy.url().getAuthority());
        assertThat(http.body(url.resolve("/config")))
            .contains("proxy_user=rented-1 proxy_password=***");
        assertThat(exporter.err() + http.body(url.resolve("/config")) + http.body(url))
            .doesNotContain(PASSWORD, "wr0ng-w0rd");
        assertThat(exporter.err()).contains(" ca_file=" + folder.resolve("ca.pem"));
      }
      assertThat(proxy.tunnels()).isPositive();
      assertThat(exchange.exchange.violations()).isZero();
    }
  }

  @Test
  void a_user_goes_through_a_proxy_without_a_password_and_another_past_it() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(2);
        SocketServer okx = encrypted(exchange);
        Tinyproxy proxy = new Tinyproxy("")) {
      Path stranger = folder.resolve("stranger.pem");
      Files.writeString(stranger, new Authority("stranger").root.certificatePem());
      Path file = folder.resolve("okx.yml");
      String users =
          exchange.yaml(
              user ->
                  "region: "
                      + okx.url()
                      + ("user1".equals(user.name()) ? "\n    proxy_url: " + proxy.url() : ""));
      Files.writeString(file, "ca_file: stranger.pem\n" + users);
      environment.put("HTTPS_PROXY", "http://me:s3cr3t@127.0.0.1:1");
      try (Child exporter = Child.jar(environment, "--config.file=" + file, ANY_PORT)) {
        exporter.awaitLine("level=warn .*\"HTTPS_PROXY: not used; if OKX is to be reached through");
        URI url = Http.url(exporter.awaitLine("msg=\"serving")).resolve("/metrics");
        assertThat(exporter.awaitLine("valuation request failed"))
            .contains(
                "not signed by an authority that this machine trusts",
                "set ca_file to a file with the certificate of its authority");

        Files.writeString(file, "ca_file: ca.pem\n" + users);
        exporter.signal("HUP");
        exporter.poll(
            TIMEOUT,
            () -> http.scrape(url).values("okx_up"),
            up -> List.copyOf(up).equals(List.of(1.0, 1.0)));
        assertThat(exporter.err()).containsOnlyOnce("HTTPS_PROXY").doesNotContain("s3cr3t@");
      }
      assertThat(proxy.tunnels()).isPositive();
      assertThat(okx.connections()).isGreaterThan(proxy.tunnels());
      assertThat(exchange.exchange.violations()).isZero();
    }
  }

  private String check(int exitCode) throws Exception {
    try (Child check = Child.jar(environment, "check", ANY_PORT)) {
      String out = check.out().replaceAll("\\s+", " ");
      assertThat(check.awaitExit()).as(out).isEqualTo(exitCode);
      return out;
    }
  }

  /** The exchange behind TLS. */
  private SocketServer encrypted(LocalExchange exchange) throws Exception {
    SSLContext context = authority.issue("dns:localhost").server();
    return new SocketServer(
        Way.TLS,
        () -> context,
        (it, socket) -> {
          InetAddress loopback = InetAddress.getLoopbackAddress();
          try (Socket plain = new Socket(loopback, exchange.url().getPort())) {
            Thread back = new Thread(() -> copy(plain, socket), "back");
            back.setDaemon(true);
            back.start();
            copy(socket, plain);
          }
        });
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // either side may end a connection
    }
  }

  /** A tinyproxy of its own. */
  private final class Tinyproxy implements AutoCloseable {
    private final int port = SocketServer.freePort();
    private final Path log = folder.resolve("tinyproxy.log");
    private final Child process;

    Tinyproxy(String settings) throws Exception {
      String program = Command.program("tinyproxy");
      Path file = folder.resolve("tinyproxy.conf");
      Files.writeString(
          file,
          """
          Listen 127.0.0.1
          Port %d
          LogFile "%s"
          LogLevel Info
          %s
          """
              .formatted(port, log, settings));
      process = Child.start(Map.of(), List.of(program, "-d", "-c", file.toString()));
      Awaiting.until(this::listens);
    }

    private boolean listens() throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (ConnectException e) {
        return false;
      }
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + port);
    }

    /** How many tunnels it has opened. */
    int tunnels() throws IOException {
      Pattern opened = Pattern.compile("Established connection to host \"localhost\"");
      return (int) Files.readString(log, UTF_8).lines().filter(opened.asPredicate()).count();
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
