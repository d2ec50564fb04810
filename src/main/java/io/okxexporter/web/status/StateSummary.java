package io.okxexporter.web.status;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The number of users in each state, and the verdict on them all. */
final class StateSummary {
  private final List<UserCard> cards;

  StateSummary(List<UserCard> cards) {
    this.cards = cards;
  }

  /**
   * Returns the verdict in a few words.
   *
   * @param hasWarnings whether there are warnings besides those about users
   */
  String verdict(boolean hasWarnings) {
    long needLook = cards.stream().filter(card -> card.state().needsLook()).count();
    if (needLook > 0) {
      String needs = needLook == 1 ? " needs attention" : " need attention";
      return needLook + " of " + PageText.count(cards.size(), "user") + needs;
    }
    if (cards.stream().anyMatch(card -> card.state() == UserState.WAITING)) {
      return "Waiting for first responses";
    }
    boolean keyWarnings =
        cards.stream().anyMatch(card -> card.hasDangerousKey() || card.hasUncheckedKey());
    return hasWarnings || keyWarnings ? "Up, with warnings" : "All is well";
  }

  /** Returns a list item for each state that has users. */
  String items() {
    return Arrays.stream(UserState.values()).map(this::item).collect(Collectors.joining())
        + keys(UserCard::hasDangerousKey, "may do more than read")
        + keys(UserCard::hasUncheckedKey, "could not be checked");
  }

  private String item(UserState state) {
    long count = count(state);
    return count == 0 ? "" : "<li>" + state.html(count) + "</li>";
  }

  /** Returns the counts in one line. */
  String line() {
    return Arrays.stream(UserState.values())
        .filter(state -> count(state) > 0)
        .map(state -> state.shortHtml(count(state)))
        .collect(Collectors.joining(", "));
  }

  private long count(UserState state) {
    return cards.stream().filter(card -> card.state() == state).count();
  }

  /** A single such key must not be overlooked among hundreds of users. */
  private String keys(Predicate<UserCard> with, String that) {
    long count = cards.stream().filter(with).count();
    return count == 0
        ? ""
        : "<li><span class=\"state dangerous\">%s %s that %s</span></li>"
            .formatted("<span aria-hidden=\"true\">!</span>", PageText.count(count, "key"), that);
  }
}
