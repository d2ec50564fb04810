package io.okxexporter.web.status;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.store.UnitView;
import io.okxexporter.store.UserView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The card of one user on the landing page. Shows no balance. */
final class UserCard {
  private final Instant at;
  private final UserView view;
  private final RateLimitUsage rateLimit;
  private final UserState state;
  private final ApiKeySection keySection;
  private final FailureList failures;

  /**
   * @param at the instant of the view
   * @param rateLimit usage by all users of the view
   */
  UserCard(Instant at, UserView view, RateLimitUsage rateLimit) {
    this.at = at;
    this.view = view;
    this.rateLimit = rateLimit;
    this.state = UserState.of(view);
    this.keySection = new ApiKeySection(view);
    this.failures = new FailureList(view);
  }

  UserState state() {
    return state;
  }

  /** Returns whether the key may do more than read. */
  boolean hasDangerousKey() {
    return keySection.isDangerous();
  }

  /** Returns whether the permissions of the key could not be checked. */
  boolean hasUncheckedKey() {
    return keySection.isUnchecked();
  }

  /** Returns whether the user needs attention. */
  boolean isNotable() {
    return state.needsLook() || hasDangerousKey();
  }

  /** Returns the reasons why the newest requests failed. */
  Set<Reason> reasons() {
    return failures.reasons();
  }

  /** Returns the warning about the key; empty if there is none. */
  String keyWarning() {
    return keySection.warning();
  }

  String html() {
    return """
        <section class="user %s">
        <div class="title"><h2>%s</h2> %s</div>
        <p class="about">%s</p>
        %s%s%s<table>
        <tr><th>Unit</th><th>OKX’s data</th><th>Last success</th><th>State</th></tr>
        %s</table>
        <div class="failures">
        %s</div>
        </section>
        """
        .formatted(
            state.cssClass() + cssModifier(),
            name(),
            state.html(),
            about(),
            nextRequestLine(),
            keySection.about(),
            new LedgerSection(at, view.ledgers()).html(),
            view.units().stream().map(this::row).collect(Collectors.joining()),
            problems());
  }

  /** Renders the user as a table row, by the unit whose last success is oldest. */
  String row() {
    UnitView oldest =
        view.units().stream()
            .min(comparing(UnitView::lastSuccess, nullsFirst(naturalOrder())))
            .orElseThrow();
    return """
        <tr><th scope="row">%s</th><td>%s%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>
        """
        .formatted(
            name(),
            state.shortHtml(),
            shortProblems(),
            age(oldest),
            success(oldest),
            nextRequest(),
            view.blocked() ? "none" : rateLimit.shortText(view));
  }

  private String shortProblems() {
    String shortProblems = failures.shortHtml() + (hasKeyWarning() ? " ! key" : "");
    return shortProblems.isEmpty()
        ? ""
        : " <span class=\"about\">" + shortProblems.strip() + "</span>";
  }

  private boolean hasKeyWarning() {
    return hasDangerousKey() || hasUncheckedKey();
  }

  private String name() {
    return Html.escape(view.user().displayName());
  }

  private String cssModifier() {
    if (state.needsLook()) {
      return " look";
    }
    return hasKeyWarning() ? " warned" : "";
  }

  private String about() {
    User user = view.user();
    String host = Html.escape(Objects.requireNonNullElse(user.baseUrl().getHost(), "?"));
    String demo = user.demo() ? " · demo trading" : "";
    return view.blocked()
        ? host + demo
        : host + demo + " · each unit every " + HumanDuration.of(view.pollInterval());
  }

  /** Renders the time of the next request and the rate limit usage. */
  private String nextRequestLine() {
    String usage = view.blocked() ? "" : " · " + rateLimit.text(view);
    return "<p class=\"about\">Next request: %s%s</p>\n".formatted(nextRequest(), usage);
  }

  private String nextRequest() {
    Instant next = view.nextRequest();
    if (view.blocked()) {
      return "none with this key";
    }
    if (next != null) {
      return next.isAfter(at) ? "in " + HumanDuration.of(Duration.between(at, next)) : "due now";
    }
    return view.attempted()
        ? "once the new configuration is in use"
        : "once the permissions of the key are known";
  }

  private String row(UnitView unit) {
    return "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
        .formatted(
            Html.escape(unit.ccy()),
            age(unit),
            success(unit),
            UserState.of(view, unit).shortHtml());
  }

  private String success(UnitView unit) {
    Instant success = unit.lastSuccess();
    return success == null ? "never" : HumanDuration.ago(Duration.between(success, at));
  }

  private static String age(UnitView unit) {
    Duration age = unit.age();
    if (age == null) {
      return unit.lastSuccess() == null ? "none yet" : "of unknown age";
    }
    return HumanDuration.old(age);
  }

  /** Renders first what prevents new values. */
  private String problems() {
    return view.blocked()
        ? keySection.warning() + failures.html()
        : failures.html() + keySection.warning();
  }
}
