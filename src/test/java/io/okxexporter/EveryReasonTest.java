package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.World;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Reason;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedResponse;
import io.okxexporter.simulator.SimulatedUser;
import io.okxexporter.web.UnprotectedWeb;
import io.okxexporter.web.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One user per reason: each succeeds at first and then fails with its reason. */
class EveryReasonTest {
  private static final Map<Reason, Reaction> FAULTS =
      Map.ofEntries(
          Map.entry(Reason.RATE_LIMITED, response(429, "{\"code\":\"50011\"}")),
          Map.entry(Reason.UNAVAILABLE, response(503, "{\"code\":\"50001\"}")),
          Map.entry(Reason.AUTH, response(401, "{\"code\":\"50111\"}")),
          Map.entry(Reason.WRONG_ENVIRONMENT, response(401, "{\"code\":\"50119\"}")),
          Map.entry(Reason.IP_NOT_ALLOWED, response(401, "{\"code\":\"50110\"}")),
          Map.entry(Reason.BLOCKED, response(403, "<html>Access denied</html>")),
          Map.entry(Reason.CLOCK, response(401, "{\"code\":\"50102\"}")),
          Map.entry(Reason.ACCOUNT, response(200, "{\"code\":4088}")),
          Map.entry(Reason.BAD_REQUEST, response(400, "{\"code\":\"51000\"}")),
          Map.entry(Reason.MALFORMED, response(200, "{\"code\":\"0\",\"data\":[]}")),
          Map.entry(Reason.TIMEOUT, new Reaction.Stall()),
          Map.entry(Reason.NETWORK, new Reaction.Reset()),
          Map.entry(Reason.UNKNOWN, response(200, "{\"code\":-30006}")));

  private final List<SimulatedUser> users =
      Stream.of(Reason.values()).map(EveryReasonTest::userNamedAfter).toList();
  private final Map<String, Reaction> faultsByKey =
      FAULTS.entrySet().stream()
          .collect(
              Collectors.toMap(
                  fault -> userNamedAfter(fault.getKey()).credentials().apiKey().reveal(),
                  Map.Entry::getValue));
  private final World world = new World(1, users, Duration.ofSeconds(15), World.asking("USDT"));

  @Test
  void shows_in_metrics_and_page_and_changes_no_value() throws Exception {
    world.time.advance(Duration.ofSeconds(20));
    Map<String, String> before = values();
    assertThat(before).hasSize(5 * Reason.values().length);
    assertThat(world.metrics()).doesNotContain("okx_failing{");

    world.exchange.script(this::fault);
    world.time.advance(Duration.ofMinutes(2));

    assertThat(values()).isEqualTo(before);
    String page = page();
    for (Reason reason : Reason.values()) {
      String label = reason.label();
      assertThat(world.metrics())
          .contains(
              "okx_failing{ccy=\"USDT\",reason=\"" + label + "\",user=\"" + label + "\"} 1.0\n")
          .contains("okx_up{user=\"" + label + "\"} 0.0\n")
          .containsPattern(
              "okx_api_request_failures_total\\{endpoint=\"/api/v5/asset/asset-valuation\","
                  + ("reason=\"" + label + "\",user=\"" + label + "\"} [1-9]"));
      assertThat(page).contains(escaped(reason.remedy(code(reason))));
    }
    assertThat(Reason.WRONG_ENVIRONMENT.remedy()).contains("global", "eea", "us");
    assertThat(Reason.IP_NOT_ALLOWED.remedy()).contains("add the address");
  }

  @Test
  void goes_away_by_itself_once_okx_answers_well_again() {
    world.exchange.script(this::fault);
    world.time.advance(Duration.ofMinutes(5));
    assertThat(values()).isEmpty();
    world.exchange.script(request -> Behaviour.NORMAL);
    world.time.advance(Duration.ofSeconds(100));
    assertThat(world.metrics()).doesNotContain("okx_failing{").doesNotContain("} 0.0\nokx_up");
    assertThat(values()).hasSize(5 * Reason.values().length);
    assertThat(world.exchange.violations()).isZero();
  }

  private static SimulatedUser userNamedAfter(Reason reason) {
    Random random = new Random(reason.label().hashCode());
    return new SimulatedUser(
        reason.label(),
        "uid of " + reason.label(),
        SimulatedUser.unnamed(random).credentials(),
        false);
  }

  private Behaviour fault(SimulatedRequest request) {
    String key = request.headers().get("ok-access-key");
    return Behaviour.of(Objects.requireNonNull(faultsByKey.get(key)));
  }

  /** OKX's error code of the failure; null if there was none. */
  private @Nullable String code(Reason reason) {
    return world.exporter.view().users().stream()
        .filter(user -> reason.label().equals(user.user().name()))
        .map(user -> Objects.requireNonNull(user.units().get(0).failing()))
        .findAny()
        .orElseThrow()
        .code();
  }

  /** Every valuation on /metrics. */
  private Map<String, String> values() {
    return world
        .metrics()
        .lines()
        .filter(line -> line.matches("okx_(total_)?asset_valuation\\{.*"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('}')),
                line -> line.substring(line.indexOf('}'))));
  }

  private String page() throws Exception {
    try (WebServer web =
        UnprotectedWeb.server(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            "/metrics",
            world.exporter::scrape,
            world.exporter::view,
            new BuildInfo("test", "test", ""),
            true,
            new SimpleMeterRegistry())) {
      web.start();
      URI url = URI.create("http://127.0.0.1:" + web.addresses().get(0).getPort() + "/");
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString(UTF_8))
          .body();
    }
  }

  private static String escaped(String text) {
    return Arrays.stream(text.split("'", -1)).collect(Collectors.joining("&#39;"));
  }

  private static Reaction response(int status, String body) {
    return new Reaction.Answer(SimulatedResponse.json(status, body));
  }
}
