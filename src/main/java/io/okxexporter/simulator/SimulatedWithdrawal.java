package io.okxexporter.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * A withdrawal as OKX lists it.
 *
 * @param id OKX's {@code wdId}
 * @param atMillis when it was requested
 * @param chain OKX's name of its network
 * @param amount without the fee
 * @param internal whether it goes to another user of the exchange
 * @param states its states in their order, the first one at the time of the request
 */
record SimulatedWithdrawal(
    String id,
    long atMillis,
    String ccy,
    String chain,
    BigDecimal amount,
    BigDecimal fee,
    boolean internal,
    List<StateSince> states) {
  private static final String WAITING = "0";
  private static final String IN_REVIEW = "4";
  private static final String BROADCAST = "1";
  private static final String SUCCEEDED = "2";
  private static final String CANCELLING = "-3";
  private static final String CANCELLED = "-2";

  /**
   * A state.
   *
   * @param fromMillis since when
   * @param state OKX's number of the state
   */
  record StateSince(long fromMillis, String state) {}

  /** Copies the states. */
  SimulatedWithdrawal {
    states = List.copyOf(states);
  }

  /** Returns the state at a time; the first one before the request. */
  String state(long millis) {
    String state = states.get(0).state();
    for (StateSince each : states) {
      state = each.fromMillis() <= millis ? each.state() : state;
    }
    return state;
  }

  /** Whether it has a transaction by then. */
  boolean sent(long millis) {
    String state = state(millis);
    return state.equals(BROADCAST) || state.equals(SUCCEEDED);
  }

  /** Returns when it is cancelled; empty if it never is. */
  OptionalLong cancelledMillis() {
    return states.stream()
        .filter(each -> each.state().equals(CANCELLED))
        .mapToLong(StateSince::fromMillis)
        .findFirst();
  }

  /** Returns the states of a withdrawal within the exchange. */
  static List<StateSince> atOnce(long atMillis) {
    return List.of(new StateSince(atMillis, SUCCEEDED));
  }

  /**
   * Returns the states of a withdrawal on chain, which take 35 minutes at most. One in 8 is
   * cancelled; a third of the others is reviewed.
   */
  static List<StateSince> onChain(long atMillis, SplittableRandom random) {
    List<StateSince> states = new ArrayList<>();
    states.add(new StateSince(atMillis, WAITING));
    if (random.nextInt(8) == 0) {
      states.add(next(states, CANCELLING, random, 20, 120));
      states.add(next(states, CANCELLED, random, 1, 5));
      return states;
    }
    if (random.nextInt(3) == 0) {
      states.add(next(states, IN_REVIEW, random, 5, 30));
      states.add(next(states, BROADCAST, random, 60, 1_200));
    } else {
      states.add(next(states, BROADCAST, random, 5, 30));
    }
    states.add(next(states, SUCCEEDED, random, 60, 600));
    return states;
  }

  private static StateSince next(
      List<StateSince> states, String state, SplittableRandom random, int least, int most) {
    long before = states.get(states.size() - 1).fromMillis();
    return new StateSince(before + random.nextLong(least * 1_000L, most * 1_000L), state);
  }

  /** Names the withdrawal without its amount. */
  @Override
  public String toString() {
    return "withdrawal at " + atMillis;
  }
}
