package io.okxexporter.web.status;

import io.okxexporter.store.UnitView;
import io.okxexporter.store.UserView;
import java.util.List;
import java.util.Locale;

/** How a user, or a unit of one, is doing; the worst first. */
enum UserState {
  /** There was a value, and it is too old to be shown. */
  STALE("▼", "stale", ", value withdrawn"),
  /** The newest request failed. */
  FAILING("▲", "failing", ""),
  /** The key may do more than it is allowed to have, so it is not used. */
  NOT_POLLED("■", "not polled", ""),
  /** Up, but for a unit that OKX does not accept. */
  PARTLY_UP("◐", "up in part", ""),
  /** Not every unit has been asked for yet. */
  WAITING("○", "waiting", " for the first response"),
  /** All is well. */
  UP("●", "up", "");

  private final String sign;
  private final String word;
  private final String more;

  UserState(String sign, String word, String more) {
    this.sign = sign;
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

  /** The state of one of a user's units. */
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

  /** Whether somebody should look. */
  boolean needsLook() {
    return compareTo(WAITING) < 0;
  }

  /** In words, with a sign beside the colour, for those who do not see the one or the other. */
  String html() {
    return html(word + more);
  }

  /** So many are. */
  String html(long count) {
    return html(count + " " + word + more);
  }

  /** Likewise, in a word. */
  String shortHtml(long count) {
    return html(count + " " + word);
  }

  /** The same in a word, for where there is little room. */
  String shortHtml() {
    return html(word);
  }

  private String html(String words) {
    return "<span class=\"state %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
        .formatted(cssClass(), sign, words);
  }

  String cssClass() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
