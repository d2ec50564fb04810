package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.simulator.SimulatedMaintenance.State;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedMaintenanceTest {
  private static final Instant BEGIN = Instant.ofEpochMilli(1672823400000L);
  private static final Instant END = Instant.ofEpochMilli(1672823520000L);
  private static final String NOTHING = "{\"code\":\"0\",\"data\":[],\"msg\":\"\"}";

  private final ScriptedExchange exchange = new ScriptedExchange(List.of(), 7, BEGIN);
  private long nanos;

  @Test
  void none_is_announced_at_first() {
    assertThat(status("")).isEqualTo(NOTHING);
  }

  @Test
  void it_is_announced_as_documented() throws IOException {
    exchange.maintenance(
        List.of(
            new SimulatedMaintenance(
                State.COMPLETED,
                BEGIN,
                END,
                false,
                "Trading account system upgrade (in batches of accounts)",
                "unified")));
    String documented = RecordedBodies.body("system-status.json");
    String announced = status("?state=completed");
    assertThat(RecordedBodies.shape(announced)).isEqualTo(RecordedBodies.shape(documented));
    assertThat(new ObjectMapper().readTree(announced))
        .isEqualTo(new ObjectMapper().readTree(documented));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'scheduled ongoing pre_open'",
    "?state=, 'scheduled ongoing pre_open'",
    "?state=scheduled, scheduled",
    "?state=ongoing, ongoing",
    "?state=pre_open, pre_open",
    "?state=completed, completed",
    "?state=canceled, canceled",
    "?state=nonsense, ''"
  })
  void who_asks_for_no_state_is_shown_what_is_current(String query, String shown)
      throws IOException {
    exchange.maintenance(
        Stream.of(State.values()).map(state -> window(state, false, "upgrade")).toList());
    assertThat(String.join(" ", texts(status(query), "state"))).isEqualTo(shown);
  }

  @Test
  void of_demo_trading_it_is_told_from_that_of_live_trading() throws IOException {
    exchange.maintenance(
        List.of(window(State.ONGOING, true, "demo"), window(State.ONGOING, false, "live")));
    assertThat(texts(status(""), "env")).containsExactly("2", "1");
  }

  @Test
  void a_title_may_hold_anything() throws IOException {
    String title = "\"100 %\" \\ new\nline \u7cfb";
    exchange.maintenance(List.of(window(State.SCHEDULED, false, title)));
    assertThat(texts(status(""), "title")).containsExactly(title);
  }

  @Test
  void it_can_be_taken_back() {
    exchange.maintenance(List.of(window(State.ONGOING, false, "upgrade")));
    exchange.maintenance(List.of());
    assertThat(status("")).isEqualTo(NOTHING);
  }

  private static SimulatedMaintenance window(State state, boolean demo, String title) {
    return new SimulatedMaintenance(state, BEGIN, END, demo, title, "unified");
  }

  /** Requests the status at a distance from earlier arrivals that the limit admits. */
  private String status(String query) {
    nanos += 10_000_000_000L;
    SimulatedRequest request = Client.get(Client.STATUS + query);
    return Client.text(exchange.respond(nanos, BEGIN, request));
  }

  private static List<String> texts(String response, String field) throws IOException {
    return new ObjectMapper()
        .readTree(response).path("data").findValues(field).stream()
            .map(JsonNode::textValue)
            .toList();
  }
}
