package io.okxexporter.web.status;

import io.okxexporter.store.UnitView;
import io.okxexporter.store.UserView;
import java.util.List;
import java.util.Locale;

/** The state of a user or of one of its units, worst first. */
enum UserState {
  /** There was a value, but it is too old to be shown. */
  STALE("▼", "stale", ", value withdrawn"),
  /** The newest request failed. */
  FAILING("▲", "failing", ""),
  /** The key may do more than is allowed, so it is not used. */
  NOT_POLLED("■", "not polled", ""),
  /** Up, except for units that OKX does not accept. */
  PARTLY_UP("◐", "up in part", ""),
  /** Not every unit has been polled yet. */
  WAITING("○", "waiting", " for the first response"),
  /** All is well. */
  UP("●", "up", "");

  private final String symbol;
  private final String word;
  private final String more;

  UserState(String symbol, String word, String more) {
    this.symbol = symbol;
    this.word = word;
    this.more = more;
  }

  static UserState of(UserView user) {
    if (user.blocked()) {
      return NOT_POLLED;
    }
    List<UserState> units = user.units().stream().map(UserState::of).toList();
    if (user.up()) {
      return units.contains(STALE) || units.contains(FAILING) ? PARTLY_UP : UP;
    }
    if (units.contains(STALE)) {
      return STALE;
    }
    return units.contains(WAITING) && !units.contains(FAILING) ? WAITING : FAILING;
  }

  /** Returns the state of one of a user's units. */
  static UserState of(UserView user, UnitView unit) {
    UserState state = of(unit);
    return user.blocked() && state != STALE ? NOT_POLLED : state;
  }

  private static UserState of(UnitView unit) {
    if (unit.lastSuccess() != null && unit.valuation() == null) {
      return STALE;
    }
    if (unit.failing() != null) {
      return FAILING;
    }
    return unit.lastAttempt() == null ? WAITING : UP;
  }

  /** Returns whether an operator should look. */
  boolean needsLook() {
    return compareTo(WAITING) < 0;
  }

  /** Renders words and a symbol besides the colour, for people who cannot see one of them. */
  String html() {
    return html(word + more);
  }

  /** Renders the state with a count. */
  String html(long count) {
    return html(count + " " + word + more);
  }

  /** Renders the state in a word, with a count. */
  String shortHtml(long count) {
    return html(count + " " + word);
  }

  /** Renders the state in a word, where there is little room. */
  String shortHtml() {
    return html(word);
  }

  private String html(String words) {
    return "<span class=\"state %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
        .formatted(cssClass(), symbol, words);
  }

  String cssClass() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
