package io.okxexporter.web.status;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Reason;
import io.okxexporter.store.UnitView;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LandingPageTest {
  private final LandingPage page =
      new LandingPage(new BuildInfo("0.1.0", "abc1234", ""), false, "/metrics", () -> "");

  @Test
  void before_the_first_attempt_it_says_what_it_waits_for() {
    assertThat(text(Views.of(Views.user(null, Views.notAttempted("USDT")))))
        .isEqualTo(
            """
            okx-exporter
            Metrics Health Readiness Configuration
            Waiting for first responses
            ○ 1 waiting for the first response
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            (unnamed) ○ waiting for the first response
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 7 % of its rate limit
            Unit | OKX’s data | Last success | State
            USDT | none yet | never | ○ waiting
            Version 0.1.0, revision abc1234. This page shows no balances; /metrics does.
            Documentation: README.md and the runbook of the alerts, alerts/README.md, both in the release archive; OKX API, OKX status.
            """);
  }

  @Test
  void a_healthy_user_shows_the_age_of_its_data() {
    assertThat(main(Views.user("main", Views.fresh("USDT"), Views.fresh("BTC"))))
        .isEqualTo(
            """
            All is well
            ● 1 up
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            main ● up
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 14 % of its rate limit
            Unit | OKX’s data | Last success | State
            USDT | 7 s old | 4 s ago | ● up
            BTC | 7 s old | 4 s ago | ● up
            """);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void every_reason_shows_with_its_code_and_what_to_do(Reason reason) {
    String code = reason.codes().stream().sorted().findFirst().orElse(null);
    String codeText = code == null ? "" : " · OKX code " + code;
    UnitView usdt = Views.failing("USDT", reason, code);
    assertThat(main(Views.user("main", usdt, Views.failing("BTC", reason, code))))
        .isEqualTo(
            """
            1 of 1 user needs attention
            ▲ 1 failing
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            main ▲ failing
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 14 % of its rate limit
            Unit | OKX’s data | Last success | State
            USDT | 95 s old | 90 s ago | ▲ failing
            BTC | 95 s old | 90 s ago | ▲ failing
            {label}{said} in USDT, BTC
            {hint}
            """
                .replace("{label}", reason.label())
                .replace("{said}", codeText)
                .replace("{hint}", reason.remedy(code)));
  }

  @Test
  void of_one_reason_each_code_has_its_remedy_once() {
    UserView user =
        Views.user(
            "main",
            Views.failed("USDT", Reason.AUTH, "50105"),
            Views.failed("BTC", Reason.AUTH, "50111"),
            Views.failed("EUR", Reason.AUTH, "50105"));
    assertThat(main(user))
        .contains(
            "auth · OKX code 50105, 50111 in USDT, BTC, EUR\n"
                + Reason.AUTH.remedy("50105")
                + "\n"
                + Reason.AUTH.remedy("50111")
                + "\n");
  }

  @Test
  void several_reasons_show_one_after_another() {
    UserView user =
        Views.user(
            "main",
            Views.failed("USDT", Reason.TIMEOUT, null),
            Views.failed("XYZ", Reason.BAD_REQUEST, "51000"),
            Views.failed("BTC", Reason.TIMEOUT, null));
    assertThat(main(user))
        .contains(
            "USDT | none yet | never | ▲ failing\n",
            "timeout in USDT, BTC\n" + Reason.TIMEOUT.remedy(),
            "bad_request · OKX code 51000 in XYZ\n" + Reason.BAD_REQUEST.remedy())
        .containsOnlyOnce(Reason.TIMEOUT.remedy());
  }

  @Test
  void a_stale_value_is_said_to_be_withdrawn() {
    UnitView failing = Views.stale("USDT", Views.failure(Reason.NETWORK, null));
    assertThat(main(Views.user("main", failing, Views.stale("BTC", null))))
        .isEqualTo(
            """
            1 of 1 user needs attention
            ▼ 1 stale, value withdrawn
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            main ▼ stale, value withdrawn
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 14 % of its rate limit
            Unit | OKX’s data | Last success | State
            USDT | 20 min old | 20 min ago | ▼ stale
            BTC | 20 min old | 20 min ago | ▼ stale
            network in USDT
            {hint}
            """
                .replace("{hint}", Reason.NETWORK.remedy()));
  }

  @Test
  void a_unit_OKX_does_not_accept_leaves_the_user_up_in_part() {
    UnitView bad = Views.failed("XYZ", Reason.BAD_REQUEST, "51000");
    assertThat(main(Views.user("main", Views.fresh("USDT"), bad)))
        .contains("1 of 1 user needs attention\n◐ 1 up in part\n", "main ◐ up in part\n");
  }

  @Test
  void half_a_first_round_is_still_waiting() {
    assertThat(main(Views.user("a", Views.fresh("USDT"), Views.notAttempted("BTC"))))
        .contains("a ○ waiting for the first response\n", "USDT | 7 s old | 4 s ago | ● up\n");
  }

  @Test
  void totals_come_first_and_failing_users_before_the_others() {
    View view =
        Views.of(
            Views.user("a", Views.fresh("USDT")),
            Views.user("b", Views.notAttempted("USDT")),
            Views.user("c", Views.failing("USDT", Reason.AUTH, "50111")),
            Views.user("d", Views.fresh("USDT")),
            Views.user("e", Views.stale("USDT", null)));
    assertThat(text(view))
        .contains(
            """
            2 of 5 users need attention
            ▼ 1 stale, value withdrawn ▲ 1 failing ○ 1 waiting for the first response ● 2 up
            """)
        .containsSubsequence("e ▼", "c ▲", "b ○", "a ●", "d ●");
  }

  @Test
  void data_from_the_future_and_of_unknown_age_is_said_to_be_so() {
    UnitView fresh = Views.fresh("USDT");
    assertThat(main(Views.user("a", aged(fresh, Duration.ofSeconds(-3)), aged(fresh, null))))
        .contains(
            "USDT | 3 s ahead of the local clock | 4 s ago", "USDT | of unknown age | 4 s ago");
  }

  @Test
  void everything_is_escaped() {
    View view = Views.of(Views.user("<script>\"&'", Views.failed("<b>", Reason.AUTH, "<i>")));
    assertThat(page.html(view))
        .contains("<h2>&lt;script&gt;&quot;&amp;&#39;</h2>", "&lt;b&gt;", "OKX code &lt;i&gt;")
        .doesNotContain("<script", "<b>&", "<b><", "<i>");
    assertThat(new LandingPage(new BuildInfo("<u>", "<s>", ""), true, "/a\"b", () -> "").html(view))
        .contains("Version &lt;u&gt;, revision &lt;s&gt;", "href=\"./a&quot;b\"");
  }

  @Test
  void no_balance_and_no_detail_of_a_failure_shows() {
    View view =
        Views.of(
            Views.user("a", Views.fresh("USDT")),
            Views.user("b", Views.failing("USDT", Reason.IP_NOT_ALLOWED, "50110")));
    assertThat(page.html(view))
        .doesNotContain("31415926", "27182818", "3.14", "203.0.113.77", "hush");
  }

  @Test
  void a_simulation_says_so_on_top() {
    View view = Views.of(Views.user(null, Views.fresh("USDT")));
    assertThat(
            text(
                new LandingPage(new BuildInfo("1", "2", ""), true, "/metrics", () -> "")
                    .html(view)))
        .startsWith("Simulated. These users and their money do not exist");
    assertThat(text(view)).doesNotContain("imulated");
  }

  @Test
  void where_the_documents_are_published_it_links_to_them() {
    BuildInfo build = new BuildInfo("1", "2", "https://docs.example/a\"b");
    String html = new LandingPage(build, false, "/metrics", () -> "").html(Views.of());
    assertThat(text(html))
        .endsWith("Documentation: okx-exporter, runbook of the alerts, OKX API, OKX status.\n");
    Matcher link = Pattern.compile("href=\"https://docs.example/a&quot;b/([^\"]+)\"").matcher(html);
    assertThat(link.results().map(each -> Path.of(each.group(1))))
        .hasSize(2)
        .allSatisfy(file -> assertThat(file).isRegularFile());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void a_changed_key_that_takes_a_restart_is_said_where_the_key_fails(Reason reason) {
    BuildInfo build = new BuildInfo("1", "2", "");
    LandingPage copies = new LandingPage(build, false, "/metrics", () -> "copied at the <start>");
    String notice = "A changed key is used only after a restart.\ncopied at the <start>.\n";
    View failing = Views.of(Views.user("a", Views.failing("USDT", reason, null)));
    boolean key = reason == Reason.AUTH || reason == Reason.WRONG_ENVIRONMENT;
    assertThat(text(copies.html(failing)).contains(notice)).isEqualTo(key);
    assertThat(text(failing)).doesNotContain("only after a restart");
    assertThat(text(copies.html(Views.of(Views.user("a", Views.fresh("USDT"))))))
        .doesNotContain("restart");
  }

  @Test
  void the_policy_allows_exactly_its_own_style() throws Exception {
    String html = page.html(Views.of());
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(page.contentSecurityPolicy())
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(html).doesNotContain(" style=", "<script", "<link", "<img", "url(");
  }

  private static UnitView aged(UnitView unit, @Nullable Duration age) {
    return new UnitView(unit.ccy(), unit.success(), false, age, unit.lastAttempt(), null);
  }

  private String main(UserView user) {
    return main(text(Views.of(user)));
  }

  /** Drops the first and last lines, which are the same on every page. */
  static String main(String text) {
    return text.lines()
        .skip(2)
        .takeWhile(line -> !line.startsWith("Version"))
        .collect(joining("\n", "", "\n"));
  }

  private String text(View view) {
    return text(page.html(view));
  }

  /** Returns what a reader sees: one line per block, cells separated. */
  static String text(String html) {
    String body = html.substring(html.indexOf("<body>"));
    String flat =
        body.replaceAll("\\s+", " ")
            .replaceAll("<p[ >]", "\n$0")
            .replaceAll("</(h1|p|tr|ul|nav|div|summary)>", "\n")
            .replaceAll("</t[hd]>(?!\n)", " | ")
            .replaceAll("</li>", " ")
            .replaceAll("<[^>]*>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    return Stream.of(flat.split("\n", -1))
        .map(line -> line.replaceAll(" +", " ").strip())
        .filter(line -> !line.isEmpty())
        .collect(joining("\n", "", "\n"));
  }
}
