package io.okxexporter.ledger;

import static io.okxexporter.ledger.Book.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.ledger.FlowSummary.Category;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Flow;
import io.okxexporter.model.Flow.Direction;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FundingLedgerTest {
  private static final BillTypes TYPES = new BillTypes(Map.of());
  private static final Category CUSTODY_OUT = new Category(FlowKind.CUSTODY, Direction.OUT);
  private static final Category WITHDRAWAL_OUT = new Category(FlowKind.WITHDRAWAL, Direction.OUT);
  private static final Failure<?> NO_RESPONSE =
      new Failure<>(Reason.TIMEOUT, null, "", Duration.ZERO, true, null);

  private final Exchange exchange = new Exchange(new Book(new Random(1)));
  private final FundingLedger ledger = newLedger();

  /** OKX, whose ledger with a custody provider holds that provider's bills as well. */
  private static final class Exchange {
    private final Book main;
    private final Map<String, Book> custody =
        Map.of("2", new Book(new Random(2)), "5", new Book(new Random(5)));

    Exchange(Book main) {
      this.main = main;
    }

    List<Bill> page(FundingLedger.PageQuery query, Instant now) {
      if (query.provider() == null) {
        return main.page(query.before(), now);
      }
      return Stream.of(main, custody(query.provider()))
          .flatMap(book -> book.page(query.before(), now).stream())
          .sorted(Book.NEWEST_FIRST)
          .limit(LedgerApi.PAGE_SIZE)
          .toList();
    }

    Book custody(String provider) {
      return custody.getOrDefault(provider, main);
    }

    FlowSummary flows(Instant now) {
      List<Bill> bills =
          Stream.concat(Stream.of(main), custody.values().stream())
              .flatMap(book -> book.visible(now).stream())
              .toList();
      return FlowGroups.summarize(bills, List.of(), TYPES, now);
    }
  }

  private static FundingLedger newLedger() {
    return new FundingLedger(TYPES, new SubAccountTransfers(true));
  }

  private static Failure<?> refusal(Reason reason, String code) {
    return Failure.answered(reason, code, "", Duration.ZERO);
  }

  /** Reads a round; returns the providers of its pages, with "-" for OKX's default. */
  private String read(Instant now) {
    List<String> providers = new ArrayList<>();
    do {
      FundingLedger.PageQuery query = ledger.next(now);
      providers.add(query.provider() == null ? "-" : query.provider());
      ledger.page(exchange.page(query, now), now);
    } while (ledger.isReading());
    return String.join(" ", providers);
  }

  private FlowSummary flows(Instant now) {
    return ledger.flows(now).orElseThrow();
  }

  private static Bill withdrawal(String id, Instant at) {
    return Book.bill(id, at, "2", "-1", "BTC");
  }

  private static Bill delegation(String id, Instant at) {
    return Book.bill(id, at, "288", "-2", "BTC");
  }

  @Example
  void whole_rounds_read_each_provider_short_ones_the_default_alone() {
    exchange.main.write(withdrawal("w", START.minusSeconds(9)));
    assertThat(ledger.flows(START)).isEmpty();
    assertThat(read(START)).isEqualTo("- 2 5");
    assertThat(read(START.plusSeconds(30))).isEqualTo("-");
    assertThat(read(START.plus(Duration.ofMinutes(59)))).isEqualTo("-");
    assertThat(read(START.plus(Duration.ofMinutes(60)))).isEqualTo("- 2 5");
    assertThat(flows(START)).isEqualTo(exchange.flows(START));
  }

  @Example
  void a_provider_that_holds_something_is_read_in_each_round_until_it_leaves_the_window() {
    exchange.main.write(withdrawal("w", START.minusSeconds(9)));
    exchange.custody("5").write(delegation("d", START.minusSeconds(8)));
    read(START);
    assertThat(flows(START)).isEqualTo(exchange.flows(START));
    assertThat(flows(START).counts())
        .containsEntry(CUSTODY_OUT, 1)
        .containsEntry(WITHDRAWAL_OUT, 1);
    exchange.custody("5").write(delegation("e", START.plusSeconds(20)));
    assertThat(read(START.plusSeconds(30))).isEqualTo("- 5");
    assertThat(flows(START.plusSeconds(30)).counts()).containsEntry(CUSTODY_OUT, 2);
    Instant after = START.plus(Ledger.WINDOW).plusSeconds(30);
    assertThat(read(after)).isEqualTo("- 2 5");
    assertThat(read(after.plusSeconds(30))).isEqualTo("-");
    assertThat(flows(after).flows()).isEmpty();
  }

  @Example
  void flows_are_known_once_the_default_was_read_and_those_of_custody_once_its_providers_were() {
    ledger.page(exchange.page(ledger.next(START), START), START);
    assertThat(ledger.isReading()).isTrue();
    assertThat(flows(START).counts())
        .hasSize(14)
        .containsEntry(WITHDRAWAL_OUT, 0)
        .doesNotContainKey(CUSTODY_OUT);
    ledger.next(START);
    assertThat(ledger.failed(NO_RESPONSE, START)).isFalse();
    ledger.page(exchange.page(ledger.next(START), START), START);
    assertThat(ledger.isReading()).isFalse();
    assertThat(flows(START).counts()).doesNotContainKey(CUSTODY_OUT);
    assertThat(read(START.plusSeconds(2))).isEqualTo("- 2");
    assertThat(flows(START).counts()).containsEntry(CUSTODY_OUT, 0);
  }

  @Example
  void a_provider_that_okx_refuses_holds_nothing_and_is_requested_again_hourly() {
    ledger.page(exchange.page(ledger.next(START), START), START);
    assertThat(ledger.next(START).provider()).isEqualTo("2");
    assertThat(ledger.failed(refusal(Reason.BAD_REQUEST, "51000"), START)).isFalse();
    assertThat(ledger.next(START).provider()).isEqualTo("5");
    assertThat(ledger.failed(refusal(Reason.UNKNOWN, "59999"), START)).isFalse();
    assertThat(ledger.isReading()).isFalse();
    assertThat(flows(START)).isEqualTo(exchange.flows(START));
    assertThat(read(START.plus(Duration.ofMinutes(59)))).isEqualTo("-");
    assertThat(read(START.plus(Duration.ofMinutes(60)))).isEqualTo("- 2 5");
  }

  @Example
  void a_provider_that_is_busy_is_requested_again_in_the_next_round() {
    ledger.page(exchange.page(ledger.next(START), START), START);
    assertThat(ledger.failed(refusal(Reason.RATE_LIMITED, "50011"), START)).isFalse();
    ledger.page(exchange.page(ledger.next(START), START), START);
    assertThat(ledger.isReading()).isFalse();
    assertThat(flows(START).counts()).containsKey(WITHDRAWAL_OUT).doesNotContainKey(CUSTODY_OUT);
    assertThat(read(START.plusSeconds(30))).isEqualTo("- 2");
    assertThat(flows(START).counts()).containsEntry(CUSTODY_OUT, 0);
  }

  @Example
  void a_failure_of_the_default_ends_the_round_and_changes_nothing() {
    exchange.main.write(withdrawal("w", START.minusSeconds(9)));
    read(START);
    ledger.next(START.plusSeconds(30));
    assertThat(ledger.failed(refusal(Reason.AUTH, "50120"), START)).isTrue();
    assertThat(ledger.isReading()).isFalse();
    assertThat(flows(START)).isEqualTo(exchange.flows(START));
    assertThat(ledger.next(START.plusSeconds(60)))
        .isEqualTo(new FundingLedger.PageQuery(null, null));
  }

  @Example
  void a_bill_that_the_default_retracts_is_not_kept_by_a_provider() {
    exchange.main.write(withdrawal("w", START.minusSeconds(9)), START, START.plusSeconds(20));
    exchange.custody("2").write(delegation("d", START.minus(Duration.ofHours(20))));
    read(START);
    read(START.plusSeconds(30));
    assertThat(flows(START).flows()).extracting(Flow::kind).containsExactly(FlowKind.CUSTODY);
  }

  @Example
  void counts_are_unknown_while_bills_may_be_missing() {
    for (int i = 0; i < 101; i++) {
      exchange.main.write(withdrawal("w" + i, START));
    }
    exchange.main.write(Book.bill("e", START, "75", "-1", "BTC"));
    read(START);
    assertThat(flows(START).counts()).isEmpty();
    assertThat(flows(START).flows()).hasSize(1);
    Instant edge = START.plus(FlowSummary.WINDOW);
    assertThat(flows(edge).counts()).isEmpty();
    assertThat(flows(edge.plusMillis(1)).counts())
        .containsEntry(WITHDRAWAL_OUT, 0)
        .doesNotContainKey(CUSTODY_OUT);
  }

  @Example
  void what_a_provider_holds_is_unknown_once_it_was_not_read_for_hours() {
    read(START);
    assertThat(flows(START.plus(Duration.ofHours(2))).counts()).containsKey(CUSTODY_OUT);
    assertThat(flows(START.plus(Duration.ofHours(3))).counts())
        .containsKey(WITHDRAWAL_OUT)
        .doesNotContainKey(CUSTODY_OUT);
  }

  @Property(tries = 40)
  void what_is_shown_is_what_okx_holds_through_failures_and_restarts(@ForAll long seed) {
    Random random = new Random(seed);
    Exchange okx = new Exchange(Book.random(random, random.nextInt(60), false, "m"));
    for (String provider : List.of("2", "5")) {
      for (int i = random.nextInt(5); i > 0; i--) {
        Instant at = START.plusSeconds(random.nextLong(-90_000, 90_000));
        okx.custody(provider).write(delegation(provider + i, at));
      }
    }
    FundingLedger one = newLedger();
    for (int i = 0; i < 75; i++) {
      Instant now = START.plus(Duration.ofMinutes(15L * i)).plusSeconds(random.nextInt(900));
      one = random.nextInt(50) == 0 ? newLedger() : one;
      round(one, okx, now, random, random.nextInt(20));
      one.flows(now).ifPresent(it -> assertThat(it.flows()).doesNotHaveDuplicates());
    }
    // Two hours later, one that lived and one that begins have read everything.
    Instant end = START.plus(Duration.ofHours(24));
    FundingLedger other = newLedger();
    round(one, okx, end, random, 0);
    round(other, okx, end, random, 0);
    assertThat(one.flows(end)).isEqualTo(other.flows(end)).isPresent();
    FlowSummary shown = one.flows(end).orElseThrow();
    if (!shown.counts().isEmpty()) {
      assertThat(shown).isEqualTo(okx.flows(end));
    }
  }

  private static void round(
      FundingLedger ledger, Exchange okx, Instant now, Random random, int failingPercent) {
    do {
      FundingLedger.PageQuery query = ledger.next(now);
      if (random.nextInt(100) >= failingPercent) {
        ledger.page(okx.page(query, now), now);
      } else if (ledger.failed(failure(random), now)) {
        return;
      }
    } while (ledger.isReading());
  }

  private static Failure<?> failure(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> NO_RESPONSE;
      case 1 -> refusal(Reason.RATE_LIMITED, "50011");
      default -> refusal(Reason.UNKNOWN, "59999");
    };
  }
}
