package io.okxexporter.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Reason;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import io.okxexporter.store.View.HostView;
import io.okxexporter.store.View.Reloads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The landing page on keys, clocks and maintenance. */
class LandingPageDiagnosisTest {
  private static final String EEA = "https://eea.okx.com";
  private static final String US = "https://us.okx.com";

  private static final String CARD =
      """
      Unit | OKX’s data | Last success | State
      USDT | 7 s old | 4 s ago | ● up
      """;

  private static final String REMEDY =
      "The exporter needs only the permission Read: create a key at OKX with only that, configure"
          + " it here and delete this one.";

  private static final String EXPIRY =
      "Bound to no IP address, it also expires after 14 idle days; a read-only key does not.";

  private final LandingPage page =
      new LandingPage(new BuildInfo("0.1.0", "abc1234", ""), false, "/metrics", () -> "");

  @Test
  void a_key_that_may_only_read_shows_who_it_is_and_no_warning() {
    assertThat(main(with(Views.key(true, "read_only"))))
        .isEqualTo(
            """
            All is well
            ● 1 up
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            main ● up
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 7 % of its rate limit
            User ID 446556284545671168 · key read_only, bound to IP addresses
            """
                + CARD);
  }

  @Test
  void an_unbound_key_that_may_only_read_is_fine_too() {
    assertThat(main(with(Views.key(false, "read_only"))))
        .contains("All is well\n", "key read_only, bound to no IP address\n" + CARD)
        .doesNotContain("expires");
  }

  @Test
  void a_sub_account_names_its_main_account() {
    ApiKeyInfo sub = new ApiKeyInfo("450000000000000001", "44", "sub", Set.of("read_only"), true);
    assertThat(main(with(sub)))
        .contains("\nUser ID 450000000000000001 · sub-account of 44 · key read_only, bound");
  }

  @Test
  void a_key_that_may_trade_is_warned_of_with_the_remedy() {
    assertThat(main(with(Views.key(true, "read_only", "trade"))))
        .isEqualTo(
            """
            Up, with warnings
            ● 1 up ! 1 key that may do more than read
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            main ● up
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 7 % of its rate limit
            User ID 446556284545671168 · key read_only + trade, bound to IP addresses
            """
                + CARD
                + "The key may trade\n"
                + REMEDY
                + "\n");
  }

  @Test
  void an_unbound_key_with_those_rights_is_said_to_expire_as_well() {
    assertThat(main(with(Views.key(false, "withdraw", "read_only", "trade"))))
        .endsWith(
            "User ID 446556284545671168 · key read_only + trade + withdraw, bound to no IP"
                + " address\n"
                + CARD
                + "The key may trade and withdraw\n"
                + REMEDY
                + "\n"
                + EXPIRY
                + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void a_key_that_could_not_be_checked_is_a_warning_with_the_remedy(Reason reason) {
    UserView user = Views.user("main", Views.fresh("USDT"));
    String code = reason.codes().stream().sorted().findFirst().orElse(null);
    assertThat(main(Views.unidentified(user, reason, code)))
        .startsWith("Up, with warnings\n● 1 up ! 1 key that could not be checked\n")
        .endsWith(
            CARD
                + "The key could not be checked: "
                + reason.label()
                + (code == null ? "" : " · OKX code " + code)
                + "\n"
                + reason.diagnosticRemedy(code)
                + "\n");
  }

  @Test
  void what_is_known_of_it_from_before_stays() {
    UserView before = with(Views.key(true, "read_only", "trade"));
    assertThat(main(Views.unidentified(before, Reason.TIMEOUT, null)))
        .contains(
            "● 1 up ! 1 key that may do more than read ! 1 key that could not be checked",
            "key read_only + trade, bound to IP addresses")
        .containsSubsequence("The key may trade", "The key could not be checked: timeout");
  }

  @Test
  void the_same_failure_of_a_valuation_is_not_said_twice() {
    UserView user = Views.user("main", Views.failing("USDT", Reason.AUTH, "50111"));
    assertThat(main(Views.unidentified(user, Reason.AUTH, "50111")))
        .doesNotContain("could not be checked")
        .containsOnlyOnce(Reason.AUTH.remedy("50111"));
    assertThat(main(Views.unidentified(user, Reason.TIMEOUT, null)))
        .containsSubsequence(Reason.AUTH.remedy("50111"), "The key could not be checked: timeout");
  }

  @Test
  void a_refused_user_is_not_polled_and_told_why_and_what_to_do() {
    UserView user = Views.user("main", Views.notAttempted("USDT"));
    assertThat(main(Views.identified(user, true, Views.key(false, "read_only", "withdraw"))))
        .isEqualTo(
            """
            1 of 1 user needs attention
            ■ 1 not polled ! 1 key that may do more than read
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            main ■ not polled
            eea.okx.com
            Next request: none with this key
            User ID 446556284545671168 · key read_only + withdraw, bound to no IP address
            Unit | OKX’s data | Last success | State
            USDT | none yet | never | ■ not polled
            Not polled: the key may withdraw, and allow_trading_keys is false
            {remedy} Or remove the other permissions from this one at OKX; the exporter notices within an hour. To poll with it anyway, set allow_trading_keys (in the environment OKX_ALLOW_TRADING_KEYS) to true.
            {expiry}
            """
                .replace("{remedy}", REMEDY)
                .replace("{expiry}", EXPIRY));
  }

  @Test
  void a_user_refused_later_on_shows_what_became_of_its_values() {
    UserView user = Views.user("main", Views.fresh("USDT"), Views.stale("BTC", null));
    assertThat(main(Views.identified(user, true, Views.key(true, "trade"))))
        .contains(
            "1 of 1 user needs attention\n■ 1 not polled ",
            "USDT | 7 s old | 4 s ago | ■ not polled\nBTC | 20 min old | 20 min ago | ▼ stale\n");
  }

  @Test
  void a_warning_stands_beside_a_failure() {
    UserView user = Views.user("main", Views.failing("USDT", Reason.TIMEOUT, null));
    assertThat(main(Views.identified(user, false, Views.key(true, "trade"))))
        .containsSubsequence("1 of 1 user needs attention", "timeout in USDT", "The key may trade");
  }

  @Test
  void keys_to_be_warned_of_come_before_the_others_of_the_same_state() {
    View view =
        Views.of(
            Views.user("a", Views.fresh("USDT")),
            named("b", "read_only", "trade"),
            named("c", "withdraw"),
            Views.user("d", Views.failed("USDT", Reason.AUTH, "50111")),
            Views.identified(
                Views.user("e", Views.notAttempted("USDT")), true, Views.key(true, "trade")),
            named("f", "read_only"));
    assertThat(text(view))
        .contains(
            """
            2 of 6 users need attention
            ▲ 1 failing ■ 1 not polled ● 4 up ! 3 keys that may do more than read
            """)
        .containsSubsequence("d ▲", "e ■", "b ●", "c ●", "a ●", "f ●");
  }

  @Test
  void a_clock_that_is_off_is_said_before_anything_else() {
    assertThat(text(Views.at(Views.host(EEA, Duration.ofMillis(-45_600)))))
        .isEqualTo(
            """
            okx-exporter
            Metrics Health Readiness Configuration
            The clock of this machine is 46 s behind OKX’s.
            Turn on time synchronisation (NTP). Until the clock is right, requests are signed \
            with OKX’s time, so that valuations keep updating. Times on this page follow the \
            local clock.
            Measured: 46 s behind eea.okx.com.
            Up, with warnings
            ● 1 up
            As of 2026-11-22 03:04:05 UTC; reload the page to update.
            main ● up
            eea.okx.com · each unit every 15 s
            Next request: in 11 s · uses 7 % of its rate limit
            """
                + CARD
                + """
                Version 0.1.0, revision abc1234. This page shows no balances; /metrics does.
                Documentation: README.md and the runbook of the alerts, alerts/README.md, both in the release archive; OKX API, OKX status.
                """);
  }

  @Test
  void the_largest_of_several_skews_is_named_and_every_host_that_is_off() {
    assertThat(
            text(
                Views.at(
                    Views.host(EEA, Duration.ofSeconds(9)),
                    Views.host(US, Duration.ofSeconds(600)),
                    Views.host("http://127.0.0.1:8080", Duration.ofSeconds(-6)),
                    Views.host("https://openapi.okx.com", Duration.ofSeconds(1)))))
        .contains(
            "The clock of this machine is 10 min ahead of OKX’s.\n",
            "Measured: 9 s ahead of eea.okx.com, 10 min ahead of us.okx.com, 6 s behind"
                + " 127.0.0.1:8080.\n")
        .containsOnlyOnce("The clock of this machine");
  }

  @ParameterizedTest
  @CsvSource({"0", "5000", "-5000"})
  void a_clock_that_is_right_is_not_mentioned(long skewMillis) {
    assertThat(text(Views.at(Views.host(EEA, Duration.ofMillis(skewMillis)))))
        .isEqualTo(text(Views.at()))
        .isEqualTo(text(Views.at(Views.host(EEA, null))))
        .contains("All is well");
  }

  @Test
  void maintenance_is_announced_in_the_order_of_time_and_changes_no_verdict() {
    HostView eea =
        Views.host(
            EEA,
            null,
            window("scheduled", false, "2026-11-23T06:00:00Z", "2026-11-23T07:30:00Z"),
            window("ongoing", true, "2026-11-22T02:00:00Z", "2026-11-22T03:44:05Z"));
    assertThat(text(Views.at(eea)))
        .contains(
            """
            Metrics Health Readiness Configuration
            OKX announces maintenance.
            ongoing · demo trading · 2026-11-22 02:00 UTC to 2026-11-22 03:44 UTC · ends in 40 min · \
            eea.okx.com
            scheduled · live trading · 2026-11-23 06:00 UTC to 2026-11-23 07:30 UTC · begins in \
            27 h · eea.okx.com
            All is well
            """);
  }

  @Test
  void what_several_hosts_announce_alike_is_said_once() {
    Maintenance both = window("pre_open", false, "2026-11-22T02:00:00Z", "2026-11-22T03:00:00Z");
    Maintenance one = window("ongoing", false, "2026-11-22T02:30:00Z", "2026-11-22T05:30:00Z");
    assertThat(text(Views.at(Views.host(EEA, null, both, both), Views.host(US, null, both, one))))
        .contains(
            """
            OKX announces maintenance.
            pre open · live trading · 2026-11-22 02:00 UTC to 2026-11-22 03:00 UTC · was to end \
            4 min ago · eea.okx.com, us.okx.com
            ongoing · live trading · 2026-11-22 02:30 UTC to 2026-11-22 05:30 UTC · ends in 2 h · \
            us.okx.com
            All is well
            """);
  }

  @Test
  void how_far_off_a_maintenance_is_goes_by_the_clock_of_OKX() {
    Maintenance window = window("scheduled", false, "2026-11-22T03:00:00Z", "2026-11-22T04:00:00Z");
    HostView host = Views.host(EEA, Duration.ofMinutes(10), window);
    assertThat(text(Views.at(host)))
        .containsSubsequence("is 10 min ahead of OKX’s.", "begins in 6 min", "Up, with warnings");
  }

  @Test
  void what_OKX_says_is_escaped() {
    ApiKeyInfo keyInfo = new ApiKeyInfo("<i>1", "<i>2", "sub", Set.of("<i>3", "trade"), true);
    Maintenance window = new Maintenance("<i>4", false, Instant.EPOCH, Instant.EPOCH);
    View view =
        Views.view(
            List.of(with(keyInfo)),
            List.of(Views.host(EEA, null, window)),
            new Reloads(true, Views.AT));
    assertThat(page.html(view))
        .contains("&lt;i&gt;1", "&lt;i&gt;2", "&lt;i&gt;3", "&lt;i&gt;4")
        .doesNotContain("<i>");
  }

  @Test
  void no_balance_shows_beside_all_of_it() {
    Maintenance window = window("ongoing", false, "2026-11-22T02:00:00Z", "2026-11-22T05:00:00Z");
    HostView host = Views.host(EEA, Duration.ofSeconds(45), window);
    View view =
        Views.view(
            List.of(with(Views.key(false, "trade"))), List.of(host), new Reloads(true, Views.AT));
    assertThat(page.html(view)).doesNotContain("31415926", "27182818", "hush", "203.0.113.77");
  }

  private static Maintenance window(String state, boolean demo, String begin, String end) {
    return new Maintenance(state, demo, Instant.parse(begin), Instant.parse(end));
  }

  private static UserView named(String name, String... permissions) {
    UserView user = Views.user(name, Views.fresh("USDT"));
    return Views.identified(user, false, Views.key(true, permissions));
  }

  private static UserView with(ApiKeyInfo keyInfo) {
    return Views.identified(Views.user("main", Views.fresh("USDT")), false, keyInfo);
  }

  private String text(View view) {
    return LandingPageTest.text(page.html(view));
  }

  private String main(UserView user) {
    return LandingPageTest.main(text(Views.of(user)));
  }
}
