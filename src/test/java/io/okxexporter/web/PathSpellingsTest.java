package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.web.status.Views;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings that URI normalization maps to a page, and that a proxy in front may not know of. */
class PathSpellingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"/metrics", "/", "/-/healthy", "/-/ready", "/-/reload", "/config", "/a/metrics"})
  void no_other_spelling_of_a_path_is_its_page(String path) throws Exception {
    try (WebFixture web = new WebFixture();
        WebServer other = onTelemetryPath("/a/metrics")) {
      InetSocketAddress address = path.startsWith("/a") ? other.addresses().get(0) : web.address();
      assertThat(status(address, path)).isNotIn(400, 404);
      assertThat(status(address, path + "?x=/../y;z")).isNotIn(400, 404);
      for (String spelling : spellings(path)) {
        assertThat(status(address, spelling)).as(spelling).isIn(404, 400);
      }
      for (String spelling : List.of(path + ";x", "/-/.." + path, "/." + path, "/x/.." + path)) {
        assertThat(status(address, spelling)).as(spelling).isEqualTo(404);
      }
    }
  }

  @Test
  void a_request_to_a_proxy_names_the_same_paths() throws Exception {
    try (WebFixture web = new WebFixture()) {
      assertThat(status(web.address(), "http://x")).isEqualTo(200);
      assertThat(status(web.address(), "http://x/metrics")).isEqualTo(200);
      assertThat(status(web.address(), "http://x/metrics;x")).isEqualTo(404);
      assertThat(status(web.address(), "http://x/-/../metrics")).isEqualTo(404);
    }
  }

  private static List<String> spellings(String path) {
    List<String> spellings =
        new ArrayList<>(
            List.of(
                path + ";",
                path + ";jsessionid=1",
                ";x" + path,
                "/;x" + path,
                "/%2e" + path,
                "/x/%2e%2e" + path,
                "/x/..;" + path,
                "/" + path,
                path + "/",
                path + "/.",
                path + "/x/..",
                path + "//",
                path + "%00",
                path + "%20",
                path + "%2f",
                path + "%3f",
                path + "%3b",
                path + "\\"));
    for (int i = 0; i < path.length(); i++) {
      String encoded = "%%%02x".formatted((int) path.charAt(i));
      spellings.add(path.substring(0, i) + encoded + path.substring(i + 1));
    }
    if (path.length() > 1) {
      spellings.add(path.toUpperCase(Locale.ROOT));
    }
    return spellings;
  }

  private static WebServer onTelemetryPath(String path) throws Exception {
    WebServer server =
        UnprotectedWeb.server(
            List.of(WebFixture.loopback(0)),
            path,
            (request, out) -> {},
            () -> Views.of(Views.user("main", Views.fresh("USDT"))),
            new BuildInfo("1", "1", ""),
            false,
            new SimpleMeterRegistry());
    server.start();
    return server;
  }

  /** The status of a GET of this path as it is, which HttpClient would change. */
  private static int status(InetSocketAddress address, String path) throws Exception {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(response.substring(9, 12));
    }
  }
}
