package io.okxexporter.web.status;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How many users are in which state, and what that comes to. */
final class StateSummary {
  private final List<UserCard> cards;

  StateSummary(List<UserCard> cards) {
    this.cards = cards;
  }

  /**
   * All of it in a few words.
   *
   * @param warned whether there is anything to be warned of beside the users
   */
  String verdict(boolean warned) {
    long look = cards.stream().filter(card -> card.state().needsLook()).count();
    if (look > 0) {
      String needs = look == 1 ? " needs a look" : " need a look";
      return look + " of " + PageText.count(cards.size(), "user") + needs;
    }
    if (cards.stream().anyMatch(card -> card.state() == UserState.WAITING)) {
      return "Waiting for first responses";
    }
    boolean dangerous = cards.stream().anyMatch(UserCard::hasDangerousKey);
    return warned || dangerous ? "Up, with warnings" : "All is well";
  }

  /** A list item for each state that somebody is in. */
  String items() {
    return Arrays.stream(UserState.values()).map(this::item).collect(Collectors.joining())
        + dangerousKeys();
  }

  private String item(UserState state) {
    long count = count(state);
    return count == 0 ? "" : "<li>" + state.html(count) + "</li>";
  }

  /** The same in one line. */
  String line() {
    return Arrays.stream(UserState.values())
        .filter(state -> count(state) > 0)
        .map(state -> state.shortHtml(count(state)))
        .collect(Collectors.joining(", "));
  }

  private long count(UserState state) {
    return cards.stream().filter(card -> card.state() == state).count();
  }

  /** A single one must not drown among hundreds of users. */
  private String dangerousKeys() {
    long count = cards.stream().filter(UserCard::hasDangerousKey).count();
    return count == 0
        ? ""
        : "<li><span class=\"state dangerous\">%s %s that may do more than read</span></li>"
            .formatted("<span aria-hidden=\"true\">!</span>", PageText.count(count, "key"));
  }
}
