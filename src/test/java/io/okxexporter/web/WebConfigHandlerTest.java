package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.web.config.WebSettings.RateLimit;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigHandlerTest {
  private static final String PASSWORD = "correct horse: battery";
  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Frame-Options", "deny",
          "X-XSS-Protection", "0",
          "X-Content-Type-Options", "nosniff",
          "Strict-Transport-Security", "max-age=31536000",
          "Content-Security-Policy", "frame-ancestors 'none'");

  @Test
  void a_password_is_asked_for_on_every_path() throws Exception {
    try (WebFixture web = new WebFixture(MutableSettings.users(alice()).protection())) {
      for (String path : List.of("/metrics", "/", "/-/healthy", "/-/ready", "/-/reload", "/no")) {
        HttpResponse<String> response = web.get(path);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
            .hasValue("Basic realm=\"okx-exporter\"");
        assertThat(response.body()).isEqualTo("unauthorized\n");
      }
      assertThat(status(web, "/metrics", "alice", PASSWORD)).isEqualTo(200);
      assertThat(status(web, "/-/healthy", "alice", PASSWORD)).isEqualTo(200);
      assertThat(status(web, "/no", "alice", PASSWORD)).isEqualTo(404);
    }
  }

  @Test
  void only_the_right_password_of_the_right_user_lets_in() throws Exception {
    MutableSettings settings =
        MutableSettings.users(Map.of("alice", hash(PASSWORD), "bob", hash("b")));
    try (WebFixture web = new WebFixture(settings.protection())) {
      for (int i = 0; i < 2; i++) { // the second time from the cache
        assertThat(status(web, "/metrics", "alice", PASSWORD)).isEqualTo(200);
        assertThat(status(web, "/metrics", "bob", "b")).isEqualTo(200);
        assertThat(status(web, "/metrics", "alice", "b")).isEqualTo(401);
        assertThat(status(web, "/metrics", "bob", PASSWORD)).isEqualTo(401);
        assertThat(status(web, "/metrics", "carol", "b")).isEqualTo(401);
        assertThat(status(web, "/metrics", "carol", PASSWORD)).isEqualTo(401);
        assertThat(status(web, "/metrics", "", PASSWORD)).isEqualTo(401);
        assertThat(status(web, "/metrics", "alice", "")).isEqualTo(401);
        assertThat(status(web, "/metrics", "alice", "p".repeat(100))).isEqualTo(401);
        assertThat(status(web, "/metrics", "alice", PASSWORD + "\0")).isEqualTo(401);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic ", "Basic %%%", "Bearer abc", "Basic YWxpY2U=", "basic"})
  void what_is_no_basic_authentication_is_refused(String header) throws Exception {
    try (WebFixture web = new WebFixture(MutableSettings.users(alice()).protection())) {
      assertThat(web.get("/metrics", "Authorization", header).statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
  void hashes_of_every_maker_are_read(String prefix) throws Exception {
    String hash = prefix + hash(PASSWORD).substring(4);
    try (WebFixture web =
        new WebFixture(MutableSettings.users(Map.of("alice", hash)).protection())) {
      assertThat(status(web, "/metrics", "alice", PASSWORD)).isEqualTo(200);
      assertThat(status(web, "/metrics", "alice", "wrong")).isEqualTo(401);
    }
  }

  @Test
  void beyond_72_bytes_a_password_does_not_count_as_in_Go() throws Exception {
    String hash = hash("x".repeat(71) + "y");
    try (WebFixture web =
        new WebFixture(MutableSettings.users(Map.of("alice", hash)).protection())) {
      assertThat(status(web, "/metrics", "alice", "x".repeat(71) + "yz")).isEqualTo(200);
      assertThat(status(web, "/metrics", "alice", "x".repeat(71) + "z")).isEqualTo(401);
    }
  }

  @Test
  void users_and_headers_change_between_two_requests() throws Exception {
    MutableSettings settings = MutableSettings.users(alice());
    try (WebFixture web = new WebFixture(settings.protection())) {
      assertThat(status(web, "/metrics", "alice", PASSWORD)).isEqualTo(200);
      settings.set(null, Map.of("X-Frame-Options", "deny"), Map.of("bob", hash("b")), null);
      assertThat(status(web, "/metrics", "alice", PASSWORD)).isEqualTo(401);
      assertThat(status(web, "/metrics", "bob", "b")).isEqualTo(200);
      assertThat(web.get("/metrics").headers().firstValue("X-Frame-Options")).hasValue("deny");
      settings.set(null, Map.of("X-Frame-Options", "sameorigin"), Map.of(), null);
      HttpResponse<String> open = web.get("/metrics");
      assertThat(open.statusCode()).isEqualTo(200);
      assertThat(open.headers().allValues("X-Frame-Options")).containsExactly("sameorigin");
      settings.set(null, Map.of(), Map.of("bob", hash("new")), null);
      assertThat(status(web, "/metrics", "bob", "b")).isEqualTo(401);
      assertThat(status(web, "/metrics", "bob", "new")).isEqualTo(200);
    }
  }

  @Test
  void a_user_that_comes_later_is_not_held_to_what_was_wrong_before() throws Exception {
    String hash = hash(PASSWORD);
    MutableSettings settings = MutableSettings.users(Map.of("alice", hash));
    try (WebFixture web = new WebFixture(settings.protection())) {
      assertThat(status(web, "/metrics", "bob", PASSWORD)).isEqualTo(401);
      settings.set(null, Map.of(), Map.of("alice", hash, "bob", hash), null);
      assertThat(status(web, "/metrics", "bob", PASSWORD)).isEqualTo(200);
    }
  }

  @Test
  void configured_headers_are_on_every_answer_once() throws Exception {
    MutableSettings settings = new MutableSettings();
    settings.set(null, HEADERS, alice(), null);
    MetricsRenderer failing =
        (request, out) -> {
          throw new IOException();
        };
    try (WebFixture web = new WebFixture(failing, settings.protection(), 0, null)) {
      List<HttpResponse<String>> responses =
          List.of(
              web.get("/metrics"),
              web.get("/metrics", authorization("alice", PASSWORD)),
              web.get("/no", authorization("alice", PASSWORD)),
              web.send("DELETE", "/", authorization("alice", PASSWORD)),
              web.get("/-/healthy", authorization("alice", PASSWORD)));
      assertThat(responses.stream().map(HttpResponse::statusCode))
          .containsExactly(401, 500, 404, 405, 200);
      for (HttpResponse<String> response : responses) {
        HEADERS.forEach(
            (name, value) -> assertThat(response.headers().allValues(name)).containsExactly(value));
      }
      assertThat(web.exchange("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .containsOnlyOnce("X-Frame-Options: deny\r\n");
    }
  }

  @Test
  void a_configured_policy_stands_beside_that_of_the_page() throws Exception {
    MutableSettings settings = new MutableSettings();
    settings.set(null, HEADERS, Map.of(), null);
    try (WebFixture web = new WebFixture(settings.protection())) {
      assertThat(web.get("/").headers().allValues("Content-Security-Policy"))
          .hasSize(2)
          .contains("frame-ancestors 'none'")
          .anyMatch(it -> it.startsWith("default-src 'none'"));
    }
  }

  @Test
  void first_500_then_429_then_headers_then_401() throws Exception {
    MutableSettings settings = new MutableSettings();
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 1);
    settings.set(null, HEADERS, alice(), limit);
    try (WebFixture web = new WebFixture(settings.protection());
        CapturedLog log = new CapturedLog()) {
      HttpResponse<String> unauthorized = web.get("/metrics");
      assertThat(unauthorized.statusCode()).isEqualTo(401);
      assertThat(unauthorized.headers().firstValue("X-Frame-Options")).hasValue("deny");

      HttpResponse<String> limited = web.get("/metrics", authorization("alice", PASSWORD));
      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(limited.body()).isEqualTo("okx-exporter: too many requests\n");
      assertThat(limited.headers().firstValue("X-Frame-Options")).isEmpty();

      settings.broken = "web.yml: line 3: nonsense";
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> broken = web.get("/metrics", authorization("alice", PASSWORD));
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).isEqualTo("okx-exporter: invalid web configuration\n");
        assertThat(broken.headers().firstValue("X-Frame-Options")).isEmpty();
      }
      settings.broken = "web.yml: line 4: worse";
      assertThat(web.get("/metrics").statusCode()).isEqualTo(500);

      settings.broken = null;
      settings.nanos = Duration.ofSeconds(1).toNanos();
      HttpResponse<String> good = web.get("/metrics", authorization("alice", PASSWORD));
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(good.headers().firstValue("X-Frame-Options")).hasValue("deny");
      assertThat(log.text())
          .containsOnlyOnce("web.yml: line 3: nonsense")
          .containsOnlyOnce("web.yml: line 4: worse")
          .containsOnlyOnce("web configuration is valid again")
          .doesNotContain(PASSWORD);
    }
  }

  @Test
  void what_is_broken_at_the_start_does_not_start() {
    MutableSettings settings = new MutableSettings();
    settings.broken = "web.yml: nonsense";
    assertThatThrownBy(() -> new WebFixture(settings.protection()))
        .isInstanceOf(IOException.class)
        .hasMessage("web.yml: nonsense");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void reloads_where_that_is_enabled(String method) throws Exception {
    List<String> problems = new CopyOnWriteArrayList<>();
    try (WebFixture web =
        new WebFixture(
            (it, out) -> {},
            UnprotectedWeb.protection(),
            0,
            done -> done.accept(List.copyOf(problems)))) {
      assertThat(web.send(method, "/-/reload").statusCode()).isEqualTo(200);
      problems.addAll(List.of("users[0].name: is missing", "poll_interval: is no duration"));
      HttpResponse<String> failed = web.send(method, "/-/reload");
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body())
          .isEqualTo(
              """
              failed to reload the configuration:
              users[0].name: is missing
              poll_interval: is no duration
              """);
      HttpResponse<String> get = web.get("/-/reload");
      assertThat(get.statusCode()).isEqualTo(405);
      assertThat(get.headers().firstValue("Allow")).hasValue("POST, PUT");
    }
  }

  @Test
  void does_not_reload_where_that_is_not_enabled() throws Exception {
    try (WebFixture web = new WebFixture()) {
      assertThat(web.send("POST", "/-/reload").statusCode()).isEqualTo(403);
      assertThat(web.send("PUT", "/-/reload").body()).isEqualTo("Lifecycle API is not enabled.\n");
      assertThat(web.get("/-/reload").statusCode()).isEqualTo(405);
    }
  }

  private static Map<String, String> alice() {
    return Map.of("alice", hash(PASSWORD));
  }

  private static String hash(String password) {
    return BCrypt.withDefaults().hashToString(4, password.toCharArray());
  }

  private static int status(WebFixture web, String path, String user, String password)
      throws Exception {
    return web.get(path, authorization(user, password)).statusCode();
  }

  static String[] authorization(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(both)};
  }
}
