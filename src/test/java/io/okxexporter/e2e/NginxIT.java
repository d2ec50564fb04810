package io.okxexporter.e2e;

import static io.okxexporter.fixture.SocketServer.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.simulator.SimulatedUser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar behind a real nginx that closes idle connections long before their next use. */
class NginxIT {
  private static final int USERS = 20;

  /** Long enough after nginx's timeout that no close crosses a request, even on a busy machine. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(3);

  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final long REQUESTS = USERS * LENGTH.dividedBy(POLL_INTERVAL);
  private static final Duration TIMEOUT = LENGTH.multipliedBy(5);

  private final Http http = new Http();

  @TempDir private Path folder;

  @Test
  void connections_that_nginx_closes_between_two_polls_cost_no_poll() throws Exception {
    String program = Command.program("nginx");
    try (LocalExchange exchange = LocalExchange.named(USERS)) {
      Map<String, URI> urls = urls(exchange.users());
      writeCertificate();
      writeConfigurations(exchange, urls);
      try (Child nginx =
          Child.start(
              Map.of(),
              List.of(program, "-p", folder.toString(), "-c", "nginx.conf", "-e", "stderr"))) {
        nginx.awaitLine("using the \"\\w+\" event method");
        try (Child exporter = exporter()) {
          URI metrics = Http.url(exporter.awaitLine("msg=\"serving")).resolve("/metrics");
          exporter.poll(
              TIMEOUT,
              () -> {
                assertThat(http.scrape(metrics).failures()).as(exporter.err()).isEmpty();
                return exchange.exchange.arrivals();
              },
              arrivals -> arrivals >= REQUESTS);
          assertThat(http.scrape(metrics).values("okx_up")).hasSize(USERS).containsOnly(1.0);
          assertThat(exchange.exchange.violations()).isZero();
          // Each request found its connection closed and opened another.
          assertThat(Files.readAllLines(folder.resolve("requests.log")))
              .hasSizeGreaterThanOrEqualTo((int) REQUESTS)
              .doesNotHaveDuplicates();
        }
      }
    }
  }

  private static Map<String, URI> urls(List<SimulatedUser> users) throws IOException {
    Map<String, URI> urls = new LinkedHashMap<>();
    for (SimulatedUser user : users) {
      urls.put(user.name(), URI.create("https://localhost:" + freePort()));
    }
    return urls;
  }

  private void writeCertificate() throws Exception {
    Authority authority = new Authority("servers");
    Issued nginx = authority.issue("dns:localhost");
    Files.writeString(folder.resolve("nginx.crt"), nginx.certificatePem());
    Files.writeString(folder.resolve("nginx.key"), nginx.keyPem());
    authority.trustStore(folder);
  }

  private void writeConfigurations(LocalExchange exchange, Map<String, URI> urls)
      throws IOException {
    String settings = "poll_interval: %ds\ndiagnosis: false\n".formatted(POLL_INTERVAL.toSeconds());
    Files.writeString(
        folder.resolve("okx.yml"),
        settings
            + exchange.yaml(user -> "region: " + urls.get(user.name()) + "\n    ccys: [USDT]"));
    String listens =
        urls.values().stream()
            .map(url -> "listen 127.0.0.1:" + url.getPort() + " ssl;")
            .collect(Collectors.joining("\n    "));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr notice;
        events {}
        http {
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          log_format connection $connection;
          access_log requests.log connection;
          keepalive_timeout 1s;
          ssl_certificate nginx.crt;
          ssl_certificate_key nginx.key;
          server {
            %s
            location / {
              proxy_pass %s;
            }
          }
        }
        """
            .formatted(listens, exchange.url()));
  }

  private Child exporter() throws IOException {
    return Child.start(
        Map.of(),
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.jks"),
            "-jar",
            System.getProperty("okx-exporter.jar", "not set"),
            "--config.file=" + folder.resolve("okx.yml"),
            "--web.listen-address=127.0.0.1:0"));
  }
}
