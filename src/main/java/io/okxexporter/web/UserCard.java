package io.okxexporter.web;

import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.store.View.UnitView;
import io.okxexporter.store.View.UserView;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the landing page about one user. Shows no balance and nothing of a failure's detail,
 * which can hold addresses.
 */
final class UserCard {
  private final Instant at;
  private final UserView view;
  private final State state;
  private final KeyPart key;

  /**
   * @param at the instant of the view
   */
  UserCard(Instant at, UserView view) {
    this.at = at;
    this.view = view;
    this.state = State.of(view);
    this.key = new KeyPart(view);
  }

  State state() {
    return state;
  }

  /** Whether the key may do more than read. */
  boolean hasDangerousKey() {
    return key.isDangerous();
  }

  String html() {
    return """
        <section class="user %s">
        <div class="title"><h2>%s</h2> %s</div>
        <p class="about">%s</p>
        %s<table>
        <tr><th>Unit</th><th>OKX’s data</th><th>Last success</th><th>State</th></tr>
        %s</table>
        <div class="failures">
        %s</div>
        </section>
        """
        .formatted(
            state.cssClass() + look(),
            Html.escape(view.user().displayName()),
            state.html(),
            about(),
            key.about(),
            view.units().stream().map(this::row).collect(Collectors.joining()),
            whatIsWrong());
  }

  private String look() {
    if (state.needsLook()) {
      return " look";
    }
    return hasDangerousKey() ? " warned" : "";
  }

  private String about() {
    User user = view.user();
    String host = Html.escape(Objects.requireNonNullElse(user.baseUrl().getHost(), "?"));
    String demo = user.demo() ? " · demo trading" : "";
    return view.refused()
        ? host + demo
        : host + demo + " · each unit every " + Words.length(view.pollInterval());
  }

  private String row(UnitView unit) {
    Instant success = unit.lastSuccess();
    return "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
        .formatted(
            Html.escape(unit.ccy()),
            age(unit),
            success == null ? "never" : Words.ago(Duration.between(success, at)),
            State.of(view, unit).shortHtml());
  }

  private static String age(UnitView unit) {
    Duration age = unit.age();
    if (age == null) {
      return unit.lastSuccess() == null ? "none yet" : "of unknown age";
    }
    return Words.old(age);
  }

  /** First what keeps the values away. */
  private String whatIsWrong() {
    return view.refused() ? key.warning() + failures() : failures() + key.warning();
  }

  private String failures() {
    Map<Reason, List<UnitView>> byReason =
        view.units().stream()
            .filter(unit -> reason(unit) != null)
            .collect(
                Collectors.groupingBy(
                    unit -> Objects.requireNonNull(reason(unit)),
                    () -> new EnumMap<>(Reason.class),
                    Collectors.toList()));
    return byReason.entrySet().stream()
        .map(entry -> failure(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  private static String failure(Reason reason, List<UnitView> units) {
    return """
        <div class="failure">
        <p><strong>%s</strong>%s <span class="units">%s</span></p>
        <p class="hint">%s</p>
        </div>
        """
        .formatted(reason.label(), codes(units), units(units), Html.escape(reason.hint()));
  }

  private static String codes(List<UnitView> units) {
    String codes =
        units.stream()
            .map(unit -> unit.failing() == null ? null : unit.failing().code())
            .filter(Objects::nonNull)
            .distinct()
            .map(Html::escape)
            .collect(Collectors.joining(", "));
    return codes.isEmpty() ? "" : " · OKX code " + codes;
  }

  private static String units(List<UnitView> units) {
    return units.stream()
        .map(unit -> Html.escape(unit.ccy()))
        .collect(Collectors.joining(", ", "in ", ""));
  }

  private static @Nullable Reason reason(UnitView unit) {
    Failure<?> failing = unit.failing();
    return failing == null ? null : failing.reason();
  }
}
