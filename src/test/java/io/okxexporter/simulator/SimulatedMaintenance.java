package io.okxexporter.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A maintenance that the exchange announces. It says of itself what state it is in: the exchange
 * does not move it on by the clock, as OKX's is early or late, too.
 *
 * @param state how far it has come
 * @param begin when it begins
 * @param end when everything is back: expected, or once completed the true one
 * @param demo whether demo trading is maintained, as opposed to live trading
 * @param title what is done
 * @param system OKX's name of what it is done to, {@code unified} say
 */
public record SimulatedMaintenance(
    State state, Instant begin, Instant end, boolean demo, String title, String system) {

  /** How far a maintenance has come. */
  public enum State {
    /** It is to come. */
    SCHEDULED,
    /** It is under way. */
    ONGOING,
    /** Some of the service is back. */
    PRE_OPEN,
    /** It is over. */
    COMPLETED,
    /** It will not be. */
    CANCELED;

    /** OKX's name for it. */
    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether OKX shows it to who asks for no state in particular. */
    private boolean current() {
      return switch (this) {
        case SCHEDULED, ONGOING, PRE_OPEN -> true;
        case COMPLETED, CANCELED -> false;
      };
    }
  }

  /**
   * The answer that announces it, in that order.
   *
   * @param asked OKX's name of a state; empty for whatever is current
   */
  static SimulatedResponse answer(List<SimulatedMaintenance> windows, Optional<String> asked) {
    return SuccessResponses.data(
        windows.stream()
            .filter(window -> window.shownTo(asked))
            .map(SimulatedMaintenance::json)
            .collect(Collectors.joining(",")));
  }

  private boolean shownTo(Optional<String> asked) {
    return asked.map(state.key()::equals).orElseGet(state::current);
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
