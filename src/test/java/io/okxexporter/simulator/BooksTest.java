package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BooksTest {
  private final Books books = new Books();

  @Test
  void movements_take_effect_in_the_order_of_their_times_whatever_the_order_they_are_added_in() {
    books.add(funding(10, 5));
    books.add(funding(90, 3));
    books.add(funding(30, -2));
    books.add(funding(30, -1));
    assertThat(books.bills(Account.FUNDING, 90))
        .extracting(entry -> entry.atMillis() + " " + entry.balance().unscaledValue())
        .containsExactly("10 5", "30 3", "30 2", "90 5");
    assertThat(books.holdings(89).amount(Account.FUNDING, Asset.USDT)).isEqualTo(2);
  }

  @Test
  void a_time_that_was_read_already_stays_as_it_was() {
    books.holdings(50);
    assertThatIllegalArgumentException().isThrownBy(() -> books.add(funding(50, 1)));
    books.add(funding(51, 1));
    assertThat(books.bills(Account.FUNDING, 51)).hasSize(1);
  }

  private static Movement funding(long atMillis, long amount) {
    return new Movement(atMillis, Account.FUNDING, Asset.USDT, amount, "1");
  }
}
