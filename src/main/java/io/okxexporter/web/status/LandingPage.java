package io.okxexporter.web.status;

import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Shard;
import io.okxexporter.store.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The page at {@code /}: the state of each user, for people. */
public final class LandingPage {
  private static final Comparator<UserCard> WORST_FIRST =
      Comparator.comparing(UserCard::state).thenComparing(card -> !card.hasDangerousKey());

  /** More cards are no longer read one by one. */
  private static final int MAX_CARDS = 24;

  private static final Set<Reason> OF_KEY = Set.of(Reason.AUTH, Reason.WRONG_ENVIRONMENT);

  private static final String SIMULATED =
      """
      <p class="simulated" role="note"><strong>Simulated.</strong> \
      These users and their money do not exist: \
      the numbers come from the built-in exchange, not from OKX.</p>
      """;

  private final BuildInfo build;
  private final boolean simulated;
  private final String telemetryPath;
  private final Supplier<String> restartNotice;
  private final String css = resource("landing.css");

  /**
   * @param simulated whether the numbers come from the simulated exchange
   * @param restartNotice which credentials need a restart after a change; empty if none
   */
  public LandingPage(
      BuildInfo build, boolean simulated, String telemetryPath, Supplier<String> restartNotice) {
    this.build = build;
    this.simulated = simulated;
    this.telemetryPath = telemetryPath;
    this.restartNotice = restartNotice;
  }

  /** Renders the page; equal views give equal pages. */
  public String html(View view) {
    RateLimitUsage rateLimit = new RateLimitUsage(view);
    List<UserCard> cards =
        view.users().stream()
            .map(user -> new UserCard(view.at(), user, rateLimit))
            .sorted(WORST_FIRST)
            .toList();
    Banners banners = new Banners(view);
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>okx-exporter</title>
        <style>%s</style>
        </head>
        <body>
        %s%s%s%s%s<main>
        %s</main>
        %s</body>
        </html>
        """
        .formatted(
            css,
            simulated ? SIMULATED : "",
            header(),
            banners.html(),
            summary(view, banners.isWarning(), new StateSummary(cards)),
            restart(cards),
            users(cards),
            footer());
  }

  /** Returns a policy that allows only this page's own style. */
  public String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'sha256-"
        + Base64.getEncoder().encodeToString(sha256(css))
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** Above {@link #MAX_CARDS} users, only notable ones get a card, and at most that many. */
  private static String users(List<UserCard> users) {
    List<UserCard> cards =
        users.size() <= MAX_CARDS
            ? users
            : users.stream().filter(UserCard::isNotable).limit(MAX_CARDS).toList();
    Set<UserCard> shown = new HashSet<>(cards);
    List<UserCard> rest = users.stream().filter(user -> !shown.contains(user)).toList();
    return cards.stream().map(UserCard::html).collect(Collectors.joining())
        + new UserTable(rest, cards.isEmpty()).html();
  }

  private String header() {
    return """
        <header>
        <h1>okx-exporter</h1>
        <nav><a href="%s">Metrics</a> <a href="./-/healthy">Health</a> \
        <a href="./-/ready">Readiness</a> <a href="./config">Configuration</a></nav>
        </header>
        """
        .formatted(Html.escape("." + telemetryPath));
  }

  private static String summary(View view, boolean hasWarnings, StateSummary stateSummary) {
    return """
        <section class="summary">
        <p class="verdict">%s</p>
        <ul>%s</ul>
        <p class="about">As of %s; reload the page to update.%s</p>
        </section>
        """
        .formatted(
            stateSummary.verdict(hasWarnings),
            stateSummary.items(),
            PageText.second(view.at()),
            replica(view));
  }

  /** Returns the notice where a key is rejected, so that a person may be about to change it. */
  private String restart(List<UserCard> cards) {
    String notice = restartNotice.get();
    boolean rejected =
        cards.stream().anyMatch(card -> !Collections.disjoint(card.reasons(), OF_KEY));
    return notice.isEmpty() || !rejected
        ? ""
        : """
        <section class="notice restart">
        <p><strong>A changed key is used only after a restart.</strong></p>
        <p>%s.</p>
        </section>
        """
            .formatted(Html.escape(notice));
  }

  private static String replica(View view) {
    int assigned = view.users().size();
    Shard shard = view.replica().shard();
    return shard.isPart()
        ? " This is replica %s; it polls %s of %s."
            .formatted(
                shard, assigned, PageText.count(assigned + view.replica().others().size(), "user"))
        : "";
  }

  private String footer() {
    return """
        <footer>
        <p>Version %s, revision %s. This page shows no balances; <a href="%s">%s</a> does.</p>
        <p>Documentation: %s <a href="https://www.okx.com/docs-v5/en/">OKX API</a>, \
        <a href="https://www.okx.com/status">OKX status</a>.</p>
        </footer>
        """
        .formatted(
            Html.escape(build.version()),
            Html.escape(build.revision()),
            Html.escape("." + telemetryPath),
            Html.escape(telemetryPath),
            documents());
  }

  private String documents() {
    return build.docsUrl().isEmpty()
        ? "README.md and the runbook of the alerts, alerts/README.md, both in the release archive;"
        : """
        <a href="%s/README.md">okx-exporter</a>, \
        <a href="%1$s/alerts/README.md">runbook of the alerts</a>,"""
            .formatted(Html.escape(build.docsUrl()));
  }

  private static String resource(String name) {
    try (InputStream in = LandingPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
