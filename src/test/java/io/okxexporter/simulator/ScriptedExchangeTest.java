package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScriptedExchangeTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.123Z");

  private final SimulatedUser user = SimulatedUser.unnamed(new SplittableRandom(1));
  private final ScriptedExchange exchange = new ScriptedExchange(List.of(user), 7, START);

  @Test
  void the_clock_of_the_exchange_can_be_off() throws IOException {
    exchange.clockOffset(Duration.ofSeconds(31));
    assertResponse(request(), 401, RecordedBodies.body("error-50102-http401.json"));
    assertResponse(
        Client.get(Client.TIME),
        200,
        "{\"code\":\"0\",\"data\":[{\"ts\":\"1795348831123\"}],\"msg\":\"\"}");
  }

  @Test
  void a_valuation_is_dated_and_its_signature_judged_by_the_clock_of_the_exchange() {
    exchange.clockOffset(Duration.ofMinutes(-10));
    SimulatedRequest request = Client.get(user, Client.USDT, START.minus(Duration.ofMinutes(10)));
    assertThat(Client.text(respond(request))).endsWith("\"ts\":\"1795348200123\"}],\"msg\":\"\"}");
  }

  @Test
  void a_script_says_how_each_request_is_treated() {
    List<String> targets = new ArrayList<>();
    exchange.script(
        request -> {
          targets.add(request.target());
          return Behaviour.of(new Reaction.Reset());
        });
    assertThat(exchange.plan(request())).isEqualTo(Behaviour.of(new Reaction.Reset()));
    assertThat(targets).containsExactly(Client.USDT);
  }

  private SimulatedRequest request() {
    return Client.get(user, Client.USDT, START);
  }

  private SimulatedResponse respond(SimulatedRequest request) {
    return exchange.respond(0, START, request);
  }

  private void assertResponse(SimulatedRequest request, int status, String body) {
    SimulatedResponse response = respond(request);
    assertThat(Client.text(response)).isEqualTo(body);
    assertThat(response.status()).isEqualTo(status);
  }
}
