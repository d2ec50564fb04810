package io.okxexporter.web.status;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Maintenance;
import io.okxexporter.store.View;
import io.okxexporter.store.View.HostView;
import io.okxexporter.store.View.Reloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The banners of the landing page: a clock that is off, a rejected configuration, and maintenance
 * announced by OKX. Empty if there are none.
 */
final class Banners {
  private final Instant at;
  private final Reloads reloads;
  private final List<HostView> hosts;
  private final List<HostView> skewedHosts;

  Banners(View view) {
    this.at = view.at();
    this.reloads = view.reloads();
    this.hosts = view.hosts();
    this.skewedHosts = hosts.stream().filter(HostView::clockIsOff).toList();
  }

  /** Returns whether there is a problem, rather than only an announcement. */
  boolean isWarning() {
    return !skewedHosts.isEmpty() || !reloads.successful();
  }

  String html() {
    return clock() + reload() + maintenance();
  }

  private String reload() {
    return reloads.successful()
        ? ""
        : """
        <section class="notice reload">
        <p><strong>Part of the configuration is invalid; \
        the one of %s stays in use.</strong></p>
        <p>The log names the problems.</p>
        </section>
        """
            .formatted(PageText.second(reloads.lastSuccess()));
  }

  private String clock() {
    return skewedHosts.stream()
        .map(Banners::skew)
        .max(comparing(Duration::abs))
        .map(this::clock)
        .orElse("");
  }

  private String clock(Duration skew) {
    return """
        <section class="notice clock">
        <p><strong>The clock of this machine is %s OKX’s.</strong></p>
        <p>Turn on time synchronisation (NTP). Until the clock is right, requests are signed \
        with OKX’s time, so that valuations keep updating. \
        Times on this page follow the local clock.</p>
        <p class="about">Measured: %s.</p>
        </section>
        """
        .formatted(
            HumanDuration.against(skew),
            skewedHosts.stream()
                .map(host -> HumanDuration.against(skew(host)) + " " + name(host))
                .collect(joining(", ")));
  }

  private String maintenance() {
    String windows =
        windows().entrySet().stream()
            .sorted(comparing(window -> window.getKey().begin()))
            .map(window -> window(window.getKey(), window.getValue()))
            .collect(joining());
    return windows.isEmpty()
        ? ""
        : """
        <section class="notice maintenance">
        <p><strong>OKX announces maintenance.</strong></p>
        %s</section>
        """
            .formatted(windows);
  }

  /** Merges equal windows announced by several hosts. */
  private Map<Maintenance, List<HostView>> windows() {
    Map<Maintenance, List<HostView>> windows = new LinkedHashMap<>();
    for (HostView host : hosts) {
      host.maintenance().stream()
          .distinct()
          .forEach(window -> windows.computeIfAbsent(window, key -> new ArrayList<>()).add(host));
    }
    return windows;
  }

  /** Compares the times with OKX's clock, since they are OKX's. */
  private String window(Maintenance window, List<HostView> where) {
    return """
        <p><b>%s</b> · %s · %s to %s · %s · <span class="about">%s</span></p>
        """
        .formatted(
            Html.escape(window.state().replace('_', ' ')),
            window.demo() ? "demo trading" : "live trading",
            PageText.minute(window.begin()),
            PageText.minute(window.end()),
            when(window, at.minus(skew(where.get(0)))),
            where.stream().map(Banners::name).collect(joining(", ")));
  }

  private static String when(Maintenance window, Instant now) {
    if (now.isBefore(window.begin())) {
      return "begins in " + HumanDuration.of(Duration.between(now, window.begin()));
    }
    return now.isBefore(window.end())
        ? "ends in " + HumanDuration.of(Duration.between(now, window.end()))
        : "was to end " + HumanDuration.ago(Duration.between(window.end(), now));
  }

  private static Duration skew(HostView host) {
    return Objects.requireNonNullElse(host.skew(), Duration.ZERO);
  }

  private static String name(HostView host) {
    return Html.escape(Objects.requireNonNullElse(host.host().getAuthority(), "?"));
  }
}
