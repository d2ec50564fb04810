package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketTest {
  @ParameterizedTest
  @CsvSource({"BTC, 0.95", "ETH, 0.95", "EUR, 1", "USDT, 1"})
  void coins_dip_within_ten_minutes_and_recover_within_another_hour(String name, double dip) {
    for (int seed = 1; seed <= 50; seed++) {
      Market market = new Market(seed);
      double before = market.price(name, 300);
      assertThat(market.price(name, 360) / before).isBetween(dip - 0.01, dip + 0.01);
      assertThat(market.price(name, 3960) / before).isBetween(0.97, 1.03);
    }
  }
}
