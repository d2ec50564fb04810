package io.okxexporter.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A maintenance that the exchange announces. Its state is fixed: the exchange does not advance it
 * by the clock, as OKX's may be early or late, too.
 *
 * @param state its progress
 * @param begin when it begins
 * @param end when everything is back: the expected time, or the actual one once completed
 * @param demo whether it affects demo trading, as opposed to live trading
 * @param title what is done
 * @param system OKX's name of the affected system, such as {@code unified}
 */
public record SimulatedMaintenance(
    State state, Instant begin, Instant end, boolean demo, String title, String system) {

  /** The progress of a maintenance. */
  public enum State {
    /** It is to come. */
    SCHEDULED,
    /** It is in progress. */
    ONGOING,
    /** Some of the service is back. */
    PRE_OPEN,
    /** It is over. */
    COMPLETED,
    /** It will not happen. */
    CANCELED;

    /** OKX's name for it. */
    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether OKX returns it to a request without a state. */
    private boolean current() {
      return switch (this) {
        case SCHEDULED, ONGOING, PRE_OPEN -> true;
        case COMPLETED, CANCELED -> false;
      };
    }
  }

  /**
   * Returns the response that announces the maintenance, in this order.
   *
   * @param requested OKX's name of a state; empty for all that are current
   */
  static SimulatedResponse response(
      List<SimulatedMaintenance> windows, Optional<String> requested) {
    return SuccessResponses.data(
        windows.stream()
            .filter(window -> window.matches(requested))
            .map(SimulatedMaintenance::json)
            .collect(Collectors.joining(",")));
  }

  private boolean matches(Optional<String> requested) {
    return requested.map(state.key()::equals).orElseGet(state::current);
  }

  private String json() {
    return SuccessResponses.fill(
        WINDOW, begin.toEpochMilli(), end.toEpochMilli(), state.key(), demo ? 2 : 1, system, title);
  }

  private static final String WINDOW =
      """
      {"begin":"%s",
      "end":"%s",
      "href":"",
      "preOpenBegin":"",
      "scheDesc":"",
      "serviceType":"8",
      "state":"%s",
      "maintType":"1",
      "env":"%s",
      "system":"%s",
      "title":"%s"}
      """;
}
