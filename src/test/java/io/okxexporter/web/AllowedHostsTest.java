package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.web.config.WebSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class AllowedHostsTest {
  private static final InetSocketAddress LOOPBACK = WebFixture.loopback(0);
  private static final InetSocketAddress EVERYWHERE = new InetSocketAddress(0);
  private static final AllowedHosts BY_DEFAULT = AllowedHosts.of(List.of(), false);

  /** An attacker can have any of these resolve to 127.0.0.1 (DNS rebinding). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:10058",
        "EVIL.example.",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil-127.0.0.1",
        "1.2.3.4.5",
        "1.2.3",
        "0x7f000001",
        "foo.localhost",
        "localhost..",
        "okx"
      })
  void a_name_is_refused_on_loopback(String host) throws Exception {
    try (CapturedLog log = new CapturedLog(Level.INFO);
        WebFixture web = web(LOOPBACK, BY_DEFAULT)) {
      for (String path : List.of("/metrics", "/", "/config", "/-/healthy", "/-/reload", "/no")) {
        assertThat(response(web, path, host))
            .startsWith("HTTP/1.1 403 ")
            .contains("--web.allowed-host", "DNS rebinding")
            .doesNotContain("# TYPE", "main");
      }
      assertThat(response(web, "http://" + host + "/metrics", host)).startsWith("HTTP/1.1 403 ");
      assertThat(log.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:10058",
        "192.0.2.7:80",
        "[::1]",
        "[::1]:10058",
        "[2001:DB8::1]:443",
        "[::ffff:127.0.0.1]",
        "localhost",
        "localhost:10058",
        "LocalHost.:1"
      })
  void an_address_and_localhost_are_let_through(String host) throws Exception {
    try (WebFixture web = web(LOOPBACK, BY_DEFAULT)) {
      assertThat(response(web, "/metrics", host)).startsWith("HTTP/1.1 200 ");
    }
  }

  /** Browsers never send one; the health check of containers does. */
  @Test
  void an_old_request_without_a_host_is_let_through() throws Exception {
    try (WebFixture web = web(LOOPBACK, BY_DEFAULT)) {
      assertThat(web.exchange("GET /metrics HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "okx.example, 200",
    "OKX.Example.:8443, 200",
    "127.0.0.1, 200",
    "localhost, 200",
    "www.okx.example, 403",
    "evil.example, 403"
  })
  void where_hosts_are_named_others_are_refused_wherever_it_listens(String host, int status)
      throws Exception {
    List<String> named = List.of("okx.example", "B.example.");
    for (InetSocketAddress address : List.of(LOOPBACK, EVERYWHERE)) {
      for (boolean isProtected : new boolean[] {true, false}) {
        try (WebFixture web = web(address, AllowedHosts.of(named, isProtected))) {
          assertThat(response(web, "/metrics", host)).startsWith("HTTP/1.1 " + status);
          assertThat(response(web, "/metrics", "b.example")).startsWith("HTTP/1.1 200 ");
        }
      }
    }
  }

  @Test
  void without_names_only_an_unprotected_listener_on_loopback_refuses() throws Exception {
    try (WebFixture open = web(EVERYWHERE, BY_DEFAULT);
        WebFixture guarded = web(LOOPBACK, AllowedHosts.of(List.of(), true))) {
      assertThat(response(open, "/metrics", "okx.example")).startsWith("HTTP/1.1 200 ");
      assertThat(response(guarded, "/metrics", "okx.example")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X: y, 200",
    "Origin: http://127.0.0.1:9, 200",
    "Origin: HTTPS://127.0.0.1:9, 200",
    "Origin: http://127.0.0.1:8, 403",
    "Origin: http://127.0.0.1, 403",
    "Origin: http://evil.example, 403",
    "Origin: http://127.0.0.1:9.evil.example, 403",
    "Origin: null, 403",
    "Sec-Fetch-Site: none, 200",
    "Sec-Fetch-Site: same-origin, 200",
    "Sec-Fetch-Site: same-site, 403",
    "Sec-Fetch-Site: cross-site, 403",
    "Sec-Fetch-Site: what, 403"
  })
  void no_page_of_another_origin_reloads(String header, int status) throws Exception {
    AtomicInteger reloads = new AtomicInteger();
    ReloadAction reload =
        done -> {
          reloads.incrementAndGet();
          done.accept(List.of());
        };
    WebProtection protection = MutableSettings.users(Map.of()).protection();
    try (CapturedLog log = new CapturedLog(Level.INFO);
        WebFixture web = new WebFixture((scrape, out) -> {}, protection, 0, reload)) {
      for (String method : List.of("POST", "PUT")) {
        String request = method + " /-/reload HTTP/1.1\r\nHost: 127.0.0.1:9\r\n" + header;
        assertThat(web.exchange(request + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
            .startsWith("HTTP/1.1 " + status);
      }
      assertThat(reloads).hasValue(status == 200 ? 2 : 0);
      assertThat(log.text()).isEmpty();
    }
  }

  private static String response(WebFixture web, String target, String host) throws IOException {
    return web.exchange(
        "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private static WebFixture web(InetSocketAddress address, AllowedHosts hosts) throws IOException {
    return new WebFixture(
        address,
        new WebProtection(
            () -> WebSettings.NONE, hosts, new TestFiles(), good -> {}, System::nanoTime));
  }
}
