package io.okxexporter.web.status;

import static java.util.stream.Collectors.joining;

import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.store.UnitView;
import io.okxexporter.store.UserView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The failures of a user's newest requests, by reason. Omits their details, which may contain
 * addresses.
 */
final class FailureList {
  private final Map<Reason, List<UnitView>> byReason = new EnumMap<>(Reason.class);

  FailureList(UserView user) {
    for (UnitView unit : user.units()) {
      Failure<?> failing = unit.failing();
      if (failing != null) {
        byReason.computeIfAbsent(failing.reason(), reason -> new ArrayList<>()).add(unit);
      }
    }
  }

  Set<Reason> reasons() {
    return byReason.keySet();
  }

  /** Returns each failure with its units and remedy. */
  String html() {
    return byReason.entrySet().stream()
        .map(entry -> failure(entry.getKey(), entry.getValue()))
        .collect(joining());
  }

  /** Returns each failure in a word or two. */
  String shortHtml() {
    return byReason.entrySet().stream()
        .map(entry -> entry.getKey().label() + codes(" ", entry.getValue()))
        .collect(joining(", "));
  }

  /** Returns the remedy for a reason, for any user. */
  static String remedy(Reason reason) {
    return failure("<strong>%s</strong>".formatted(reason.label()), Stream.of(reason.remedy()));
  }

  private static String failure(Reason reason, List<UnitView> units) {
    String title =
        "<strong>%s</strong>%s <span class=\"units\">%s</span>"
            .formatted(reason.label(), codes(" · OKX code ", units), units(units));
    return failure(
        title,
        units.stream()
            .map(UnitView::failing)
            .flatMap(Stream::ofNullable)
            .map(Failure::remedy)
            .distinct());
  }

  private static String failure(String title, Stream<String> remedies) {
    return """
        <div class="failure">
        <p>%s</p>
        %s</div>
        """
        .formatted(
            title,
            remedies
                .map(remedy -> "<p class=\"remedy\">" + Html.escape(remedy) + "</p>\n")
                .collect(joining()));
  }

  private static String codes(String before, List<UnitView> units) {
    String codes =
        units.stream()
            .map(unit -> unit.failing() == null ? null : unit.failing().code())
            .filter(Objects::nonNull)
            .distinct()
            .map(Html::escape)
            .collect(joining(", "));
    return codes.isEmpty() ? "" : before + codes;
  }

  private static String units(List<UnitView> units) {
    return units.stream().map(unit -> Html.escape(unit.ccy())).collect(joining(", ", "in ", ""));
  }
}
