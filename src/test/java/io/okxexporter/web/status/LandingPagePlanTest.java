package io.okxexporter.web.status;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Users;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import io.okxexporter.store.View.Reloads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The landing page on next requests, rate limits and reloads, and with many users. */
class LandingPagePlanTest {
  private final LandingPage page =
      new LandingPage(new BuildInfo("0.1.0", "abc1234", ""), false, "/metrics", () -> "");

  @Test
  void the_next_request_is_told_by_how_far_off_it_is() {
    assertThat(text(next(Views.AT.plusMillis(300)))).contains("\nNext request: in 300 ms · uses");
    assertThat(text(next(Views.AT.plusSeconds(59)))).contains("\nNext request: in 59 s · uses");
    assertThat(text(next(Views.AT))).contains("\nNext request: due now · uses");
    assertThat(text(next(Views.AT.minusSeconds(9)))).contains("\nNext request: due now · uses");
  }

  @Test
  void why_there_is_no_next_request_is_said_in_words() {
    UserView paused = planned(Views.user("a", Views.notAttempted("USDT")), null, null, 1, 15);
    assertThat(text(paused))
        .contains("Next request: once the permissions of the key are known · uses");
    assertThat(text(next(null))).contains("Next request: once the new configuration is in use · ");
    UserView blocked = Views.identified(paused, true, Views.key(true, "trade"));
    assertThat(text(blocked))
        .contains("\nNext request: none with this key\n")
        .doesNotContain("rate limit");
  }

  @Test
  void the_use_of_a_rate_limit_of_its_own_is_units_times_gap_by_interval() {
    assertThat(text(budgeted(null, 1, 15))).contains(" · uses 14 % of its rate limit\n");
    assertThat(text(budgeted(null, 0.5, 15))).contains(" · uses 27 % of its rate limit\n");
    assertThat(text(budgeted(null, 1, 2))).contains(" · uses 102 % of its rate limit\n");
    assertThat(text(budgeted(null, 1, 3600))).contains(" · uses under 1 % of its rate limit\n");
  }

  @Test
  void keys_found_to_be_one_User_ID_are_counted_together_though_no_group_says_so() {
    RateLimitGroup first = new RateLimitGroup("a", false);
    UserView one = planned(Views.user("a", Views.fresh("USDT")), first, 3);
    UserView other = planned(Views.user("b", Views.fresh("USDT")), first, 3);
    UserView third = planned(Views.user("c", Views.fresh("USDT")), first, 3);
    assertThat(text(one, other, third).split("rate limit shared with 2 users: 102 % used", -1))
        .hasSize(4);
  }

  @Test
  void users_of_a_group_are_counted_together_and_told_of_each_other() {
    UserView blocked =
        Views.identified(budgeted("uid", 1, 15), true, Views.key(true, "read_only", "trade"));
    assertThat(text(budgeted("uid", 1, 15), budgeted("uid", 1, 15), budgeted(null, 1, 15)))
        .containsSubsequence(
            "rate limit shared with 1 user: 27 % used",
            "rate limit shared with 1 user: 27 % used", "uses 14 % of its rate limit");
    assertThat(text(budgeted("uid", 1, 15), blocked, budgeted("uid", 1, 15)))
        .contains("rate limit shared with 2 users: 27 % used");
    assertThat(text(budgeted("uid", 1, 15))).contains("uses 14 % of its rate limit");
  }

  @Test
  void a_refused_configuration_is_said_on_top() {
    Reloads reloads = new Reloads(false, Instant.parse("2026-11-21T18:00:00Z"));
    View view = Views.view(List.of(Views.user("main", Views.fresh("USDT"))), List.of(), reloads);
    assertThat(text(view))
        .contains(
            """
            Metrics Health Readiness Configuration
            Part of the configuration is invalid; the one of 2026-11-21 18:00:00 UTC stays \
            in use.
            The log names the problems.
            Up, with warnings
            """);
    assertThat(text(Views.of())).doesNotContain("invalid");
  }

  @Test
  void up_to_24_users_have_a_card_each() {
    String html = page.html(Views.of(healthy(24).toArray(UserView[]::new)));
    assertThat(html).doesNotContain("<details", "<summary");
    assertThat(html.split("<section class=\"user", -1)).hasSize(25);
  }

  @Test
  void of_more_users_the_healthy_ones_are_folded_into_a_table() {
    UserView bad = Views.user("bad", Views.failing("USDT", Reason.AUTH, "50111"));
    View view = Views.of(Stream.concat(healthy(24), Stream.of(bad)).toArray(UserView[]::new));
    assertThat(page.html(view)).contains("<details class=\"rest\">");
    assertThat(LandingPageTest.main(text(view)))
        .isEqualTo(
            """
            1 of 25 users needs attention
            ▲ 1 failing ● 24 up
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            bad ▲ failing
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 7 % of its rate limit
            Unit | OKX’s data | Last success | State
            USDT | 95 s old | 90 s ago | ▲ failing
            auth · OKX code 50111 in USDT
            {hint}
            24 more users: ● 24 up
            User | State | OKX’s data | Last success | Next request | Rate limit used
            """
                    .replace("{hint}", Reason.AUTH.remedy("50111"))
                + IntStream.rangeClosed(1, 24)
                    .mapToObj(i -> "u" + i + " | ● up | 7 s old | 4 s ago | in 11 s | 7 %\n")
                    .collect(joining()));
  }

  @Test
  void a_row_tells_of_the_unit_that_has_waited_longest() {
    UserView half = Views.user("half", Views.fresh("USDT"), Views.notAttempted("BTC"));
    View view = Views.of(Stream.concat(healthy(24), Stream.of(half)).toArray(UserView[]::new));
    assertThat(text(view))
        .contains(
            "25 users: ○ 1 waiting, ● 24 up\n",
            "half | ○ waiting | none yet | never | in 11 s | 14 %\n");
  }

  @Test
  void failing_users_beyond_the_cards_are_in_the_open_table_with_each_remedy_once() {
    Stream<UserView> failing =
        IntStream.rangeClosed(1, 500)
            .mapToObj(i -> Views.user("u" + i, Views.failing("USDT", Reason.AUTH, "50111")));
    UserView trading =
        Views.identified(Views.user("t", Views.fresh("USDT")), false, Views.key(true, "trade"));
    View view = Views.of(Stream.concat(failing, Stream.of(trading)).toArray(UserView[]::new));
    assertThat(page.html(view)).contains("<details class=\"rest\" open>");
    assertThat(text(view).split("The key may trade", -1)).hasSize(2);
    assertThat(text(view).split(Pattern.quote(Reason.AUTH.remedy("50111")), -1)).hasSize(25);
    assertThat(text(view))
        .contains(
            "477 more users: ▲ 476 failing, ● 1 up\nauth\n" + Reason.AUTH.remedy(),
            "u25 | ▲ failing auth 50111 | 95 s old | 90 s ago | in 11 s | 7 %\n",
            "t | ● up ! key | 7 s old | 4 s ago | in 11 s | 7 %\n");
  }

  @Test
  void five_hundred_users_make_a_page_of_under_150_kB_in_which_everyone_is_named() {
    String html = page.html(Views.of(healthy(500).toArray(UserView[]::new)));
    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(150_000);
    assertThat(IntStream.rangeClosed(1, 500).mapToObj(i -> ">u" + i + "<"))
        .allMatch(html::contains);
    assertThat(html).doesNotContain("31415926", "27182818", "hush", "203.0.113.77");
  }

  @Test
  void what_is_in_the_table_is_escaped() {
    UserView bad = Views.user("<b>", Views.failed("USDT", Reason.AUTH, "<i>"));
    assertThat(page.html(Views.of(Stream.generate(() -> bad).limit(60).toArray(UserView[]::new))))
        .contains("auth &lt;i&gt;")
        .doesNotContain("<b>\"", "<b><", "<i>");
  }

  private static Stream<UserView> healthy(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> Views.user("u" + i, Views.fresh("USDT")));
  }

  private static UserView next(@Nullable Instant next) {
    return planned(Views.user("a", Views.fresh("USDT")), next, null, 1, 15);
  }

  private static UserView budgeted(@Nullable String group, double rate, long intervalSeconds) {
    UserView user = Views.user("a", Views.fresh("USDT"), Views.fresh("BTC"));
    return planned(user, Views.AT, group, rate, intervalSeconds);
  }

  private static UserView planned(
      UserView view, @Nullable Instant next, @Nullable String group, double rate, long seconds) {
    User grouped = Users.inGroup(group, Users.atRate(rate, view.user()));
    return planned(grouped, view, grouped.rateLimitGroup(), seconds, next);
  }

  private static UserView planned(UserView view, RateLimitGroup budget, long seconds) {
    return planned(view.user(), view, budget, seconds, Views.AT);
  }

  private static UserView planned(
      User user, UserView view, RateLimitGroup budget, long seconds, @Nullable Instant next) {
    return new UserView(
        user,
        view.units(),
        budget,
        Duration.ofSeconds(seconds),
        view.requests(),
        view.keyInfo(),
        view.blocked(),
        next,
        view.uid(),
        null,
        view.ledgers());
  }

  private String text(UserView... users) {
    return text(Views.of(users));
  }

  private String text(View view) {
    return LandingPageTest.text(page.html(view));
  }
}
