package io.okxexporter.web;

import static io.okxexporter.fixture.SocketServer.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.cli.UsageException;
import io.okxexporter.fixture.Awaiting;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.web.status.Views;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  @Test
  void healthy_whenever_it_answers() throws Exception {
    try (WebFixture web = new WebFixture()) {
      HttpResponse<String> response = web.get("/-/healthy");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("okx-exporter is healthy\n");
    }
  }

  @Test
  @Timeout(60)
  void healthy_while_scrapes_and_reloads_take_all_they_get() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger scrapes = new AtomicInteger();
    List<Consumer<List<String>>> reloads = new CopyOnWriteArrayList<>();
    MetricsRenderer renderer =
        (request, out) -> {
          scrapes.incrementAndGet();
          ScrapePageTest.await(go);
        };
    try (WebFixture web = new WebFixture(renderer, UnprotectedWeb.protection(), 0, reloads::add)) {
      List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        responses.add(web.sendAsync(i < 40 ? "POST" : "GET", i < 40 ? "/-/reload" : "/metrics"));
        responses.add(web.sendAsync("GET", "/metrics"));
      }
      Awaiting.until(() -> reloads.size() == 40 && scrapes.get() == 4);
      assertThat(web.get("/-/healthy").statusCode()).isEqualTo(200);
      assertThat(scrapes).as("the others wait").hasValue(4);
      go.countDown();
      reloads.forEach(done -> done.accept(List.of()));
      for (CompletableFuture<HttpResponse<byte[]>> response : responses) {
        assertThat(response.get().statusCode()).isEqualTo(200);
      }
      assertThat(scrapes).hasValue(80);
    }
  }

  @Test
  void ready_once_everyone_was_attempted_and_from_then_on() throws Exception {
    try (WebFixture web = new WebFixture()) {
      web.view.set(
          Views.of(
              Views.user("a", Views.notAttempted("USDT")),
              Views.user("b", Views.fresh("USDT")),
              Views.user("c", Views.notAttempted("USDT"))));
      assertThat(web.get("/-/ready").statusCode()).isEqualTo(503);
      assertThat(web.get("/-/ready").body()).isEqualTo("2 of 3 users have not been polled yet\n");

      web.view.set(Views.of(Views.user("a", Views.fresh("USDT"))));
      assertThat(web.get("/-/ready").body()).isEqualTo("okx-exporter is ready\n");

      web.view.set(Views.of(Views.user("a", Views.notAttempted("USDT"))));
      assertThat(web.get("/-/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_start_page_comes_with_its_policy() throws Exception {
    try (WebFixture web = new WebFixture()) {
      HttpResponse<String> response = web.get("/");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("text/html; charset=utf-8");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; style-src 'sha256-")
          .endsWith("frame-ancestors 'none'");
      assertThat(response.body()).contains("<title>okx-exporter</title>", "main", "abc1234");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nope", "/metrics/", "/-/", "/favicon.ico", "/metrics/../secret"})
  void anything_else_is_not_found(String path) throws Exception {
    try (WebFixture web = new WebFixture()) {
      HttpResponse<String> response = web.get(path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).isEqualTo("no such page; the landing page is /\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/config", "/-/healthy", "/-/ready", "/-/reload"})
  void the_path_of_a_page_is_refused_for_the_metrics(String path) throws Exception {
    try (WebFixture web = new WebFixture()) {
      assertThat(web.get(path).statusCode()).isIn(200, 405);
    }
    assertThatThrownBy(() -> Flags.parse("--web.telemetry-path=" + path))
        .isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> serverWithMetricsAt(path)).hasMessage(path + " is a page of its own");
  }

  private static WebServer serverWithMetricsAt(String path) {
    return UnprotectedWeb.server(
        List.of(WebFixture.loopback(0)),
        path,
        (request, out) -> {},
        () -> Views.of(),
        new BuildInfo("test", "test", ""),
        false,
        new SimpleMeterRegistry());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
  void other_methods_are_not_allowed(String method) throws Exception {
    try (WebFixture web = new WebFixture()) {
      for (String path : List.of("/metrics", "/", "/-/healthy", "/nope")) {
        HttpResponse<String> response = web.send(method, path);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(response.body()).isEqualTo("only GET and HEAD are allowed\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/", "/-/healthy", "/-/ready", "/nope"})
  void head_answers_as_get_without_the_body(String path) throws Exception {
    try (WebFixture web = new WebFixture()) {
      String get =
          web.exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      String head =
          web.exchange("HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(undated(head)).isEqualTo(undated(get.substring(0, get.indexOf("\r\n\r\n") + 4)));
      assertThat(head).contains("Content-Length: ").endsWith("\r\n\r\n");
    }
  }

  @Test
  void every_answer_is_plain_about_its_content_and_silent_about_the_server() throws Exception {
    try (WebFixture web = new WebFixture()) {
      for (String path : List.of("/metrics", "/", "/-/healthy", "/-/ready", "/nope")) {
        HttpResponse<String> response = web.get(path);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(response.body()).doesNotContainIgnoringCase("jetty");
      }
    }
  }

  @Test
  void no_page_but_the_scrape_shows_a_balance() throws Exception {
    try (WebFixture web = new WebFixture()) {
      for (String path : List.of("/", "/-/healthy", "/-/ready", "/nope")) {
        assertThat(web.get(path).body())
            .doesNotContain(Views.TOTAL, "31415926", Views.TRADING, "27182818");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /metrics HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET /%2e%2e/secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      })
  void a_malformed_request_gets_one_line(String request) throws Exception {
    try (WebFixture web = new WebFixture()) {
      assertThat(web.exchange(request))
          .containsPattern("^HTTP/1.1 (400|404|505) ")
          .contains("Content-Type: text/plain; charset=utf-8\r\n", "nosniff")
          .doesNotContainIgnoringCase("jetty")
          .doesNotContainIgnoringCase("exception")
          .doesNotContain("Server:", "\tat ");
    }
  }

  @Test
  void headers_beyond_8_kib_are_refused() throws Exception {
    try (WebFixture web = new WebFixture()) {
      String padding = "a".repeat(8 * 1024);
      assertThat(web.exchange("GET / HTTP/1.1\r\nHost: x\r\nX: " + padding + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ")
          .endsWith("\r\n\r\nRequest Header Fields Too Large\n");
      assertThat(web.get("/", "X", "a".repeat(7 * 1024)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void serves_on_every_address() throws Exception {
    List<InetSocketAddress> addresses = List.of(WebFixture.loopback(0), WebFixture.loopback(0));
    try (WebServer server = server(addresses)) {
      server.start();
      assertThat(server.addresses()).hasSize(2).doesNotHaveDuplicates();
      for (InetSocketAddress address : server.addresses()) {
        assertThat(address.getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(canListen(address.getPort())).isFalse();
      }
    }
  }

  @Test
  void a_taken_port_is_named_and_nothing_stays_open() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = freePort();
      InetSocketAddress other = WebFixture.loopback(taken.getLocalPort());
      WebServer server = server(List.of(WebFixture.loopback(free), other));
      assertThatThrownBy(server::start)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "cannot listen on " + other.getHostString() + ":" + other.getPort() + ": ");
      assertThat(canListen(free)).isTrue();
    }
  }

  @Test
  void an_address_of_another_machine_and_an_unknown_host_are_named() throws Exception {
    assertThatThrownBy(() -> server(List.of(new InetSocketAddress("192.0.2.1", 0))).start())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on 192.0.2.1:0: ");
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 10058);
    assertThatThrownBy(() -> server(List.of(nowhere)).start())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot listen on nowhere.invalid:10058: unknown host. If another program listens"
                + " there, stop it; else choose an address and port that this machine has and this"
                + " account may use, with --web.listen-address");
  }

  private static WebServer server(List<InetSocketAddress> addresses) {
    return WebFixture.server(
        addresses, (request, out) -> {}, () -> Views.of(), new SimpleMeterRegistry());
  }

  private static boolean canListen(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static String undated(String headers) {
    return headers.replaceAll("Date: [^\r]*\r\n", "");
  }
}
