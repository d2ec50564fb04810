package io.okxexporter.web.status;

import static java.util.stream.Collectors.joining;

import io.okxexporter.model.KeyFacts;
import io.okxexporter.store.UserView;
import org.jspecify.annotations.Nullable;

/** The part of a user's card about its API key. Empty while nothing is known of it. */
final class KeyPart {
  private static final String REMEDY_OF_REFUSED =
      KeyFacts.REMEDY
          + " Or take the other permissions from this one at OKX: that is noticed within an hour."
          + " To poll with it all the same, set allow_trading_keys (in the environment"
          + " OKX_ALLOW_TRADING_KEYS) to true.";
  private static final String EXPIRY = "<p class=\"hint\">" + KeyFacts.EXPIRY + "</p>\n";

  private final @Nullable KeyFacts facts;
  private final boolean refused;

  KeyPart(UserView user) {
    this.facts = user.facts();
    this.refused = user.refused();
  }

  /** Whether the key can do harm. */
  boolean isDangerous() {
    return facts != null && !facts.readOnly();
  }

  /** Who and what it is, in a line. */
  String about() {
    return facts == null ? "" : "<p class=\"about\">" + about(facts) + "</p>\n";
  }

  private static String about(KeyFacts facts) {
    return "User ID %s%s · key %s, %s"
        .formatted(
            Html.escape(facts.uid()),
            facts.accountType().equals("sub")
                ? " · sub-account of " + Html.escape(facts.mainUid())
                : "",
            facts.permissions().stream().map(Html::escape).collect(joining(" + ")),
            facts.ipBound() ? "bound to IP addresses" : "bound to no IP address");
  }

  /** What is wrong with it, and what to do about it. */
  String warning() {
    return facts == null || facts.readOnly() ? "" : warning(facts);
  }

  private String warning(KeyFacts facts) {
    return """
        <div class="warning %s">
        <p><strong>%s</strong></p>
        <p class="hint">%s</p>
        %s</div>
        """
        .formatted(
            refused ? "refused" : "allowed",
            title(facts),
            refused ? REMEDY_OF_REFUSED : KeyFacts.REMEDY,
            facts.expiresWhenIdle() ? EXPIRY : "");
  }

  private String title(KeyFacts facts) {
    String rights =
        facts.permissions().stream()
            .filter(permission -> !permission.equals("read_only"))
            .map(Html::escape)
            .collect(joining(" and "));
    return refused
        ? "Not polled: the key may " + rights + ", and allow_trading_keys is false"
        : "The key may " + rights;
  }
}
