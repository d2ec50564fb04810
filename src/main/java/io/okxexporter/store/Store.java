package io.okxexporter.store;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.View.UserView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is known of every user. Written by the scheduler, read by any number of scrapes; each change
 * is visible whole or not at all.
 */
public final class Store {
  private final Clock clock;
  private final Duration staleAfter;
  private final Map<User, UserState> users = new LinkedHashMap<>();

  /**
   * @param staleAfter how old, by our last success, a valuation may become before it is withdrawn
   */
  public Store(List<User> users, Duration staleAfter, Clock clock) {
    this.clock = clock;
    this.staleAfter = staleAfter;
    users.forEach(user -> this.users.put(user, UserState.unknown(user)));
  }

  /** The interval at which a unit of this user is really refreshed. */
  public void planned(User user, Duration pollInterval) {
    update(user, state -> state.planned(pollInterval));
  }

  /** A request goes out. */
  public void sent(User user) {
    update(user, UserState::sent);
  }

  /** A request came to its end: a success replaces the unit's values, a failure changes none. */
  public void finished(User user, String ccy, Outcome<Valuation> outcome) {
    update(user, state -> state.finished(ccy, outcome, clock.now(), clock.nanoTime()));
  }

  private synchronized void update(User user, UnaryOperator<UserState> change) {
    users.computeIfPresent(user, (key, state) -> change.apply(state));
  }

  /** All that is known now. */
  public View view() {
    Collection<UserState> states;
    Instant at;
    long nanoTime;
    synchronized (this) {
      states = List.copyOf(users.values());
      at = clock.now();
      nanoTime = clock.nanoTime();
    }
    List<UserView> views =
        states.stream().map(state -> state.view(at, nanoTime, staleAfter)).toList();
    return new View(at, views);
  }
}
