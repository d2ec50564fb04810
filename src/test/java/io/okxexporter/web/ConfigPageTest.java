package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.web.status.Views;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigPageTest {
  private final Map<String, String> config = new LinkedHashMap<>();

  @Test
  void each_setting_has_a_line_in_the_order_of_the_configuration() throws Exception {
    config.put("poll_interval", "15s");
    config.put("users[0]", "Zoë{api_key=***}");
    config.put("a", "<b>");
    HttpResponse<String> response = served("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.body())
        .isEqualTo("poll_interval: 15s\nusers[0]: Zoë{api_key=***}\na: <b>\n");
  }

  @Test
  void it_shows_what_is_in_use_now() {
    ConfigPage page = new ConfigPage(() -> config);
    config.put("poll_interval", "15s");
    assertThat(text(page)).isEqualTo("poll_interval: 15s\n");
    config.put("poll_interval", "30s");
    assertThat(text(page)).isEqualTo("poll_interval: 30s\n");
  }

  @Test
  void no_value_begins_a_line_of_its_own() {
    config.put("a", "1\r\nb: 2\u0000");
    assertThat(text(new ConfigPage(() -> config)).lines()).hasSize(1);
  }

  private static String text(ConfigPage page) {
    return page.text();
  }

  private HttpResponse<String> served(String telemetryPath) throws Exception {
    try (WebServer server =
        new WebServer(
            List.of(WebFixture.loopback(0)),
            telemetryPath,
            (request, out) -> out.write(WebFixture.METRICS.getBytes(StandardCharsets.UTF_8)),
            () -> Views.of(),
            () -> config,
            () -> "",
            new BuildInfo("0.1.0", "abc1234", ""),
            false,
            new SimpleMeterRegistry(),
            UnprotectedWeb.protection(),
            0,
            null)) {
      server.start();
      String page = "http://127.0.0.1:" + server.addresses().get(0).getPort() + "/config";
      HttpRequest request = HttpRequest.newBuilder(URI.create(page)).build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
  }
}
