package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Holdings.Account;
import java.util.SplittableRandom;

/** A user's initial holdings. */
enum Portfolio {
  /** Bitcoin and stablecoins in any proportion, nothing borrowed. */
  UNLEVERED,
  /** Mostly smaller coins, nothing borrowed. */
  ALTCOIN,
  /** A bitcoin position of one to three times the user's worth. */
  LEVERED,
  /** Stablecoins, and a short bitcoin position of half to twice the user's worth. */
  SHORT;

  Holdings first(SplittableRandom random, Prices prices) {
    double worth = 2_000 * Math.pow(1_000, random.nextDouble());
    double bitcoin = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextDouble();
    return switch (this) {
      case UNLEVERED -> spread(random, worth, Coin.BTC, bitcoin, Coin.USDT, Coin.USDC);
      case ALTCOIN ->
          spread(random, worth, Coin.ALT, random.nextDouble(0.5, 1), Coin.ETH, Coin.EUR);
      case LEVERED -> levered(random, worth, prices, random.nextDouble(1, 3));
      case SHORT -> levered(random, worth, prices, -random.nextDouble(0.5, 2));
    };
  }

  /** Spreads the worth over all accounts in random proportions. */
  private static Holdings spread(
      SplittableRandom random, double worth, Coin main, double share, Coin second, Coin third) {
    double ofSecond = random.nextDouble();
    double left = worth;
    Holdings holdings = Holdings.none();
    for (Account account : Account.values()) {
      double part = account == Account.EARN ? left : left * random.nextDouble();
      left -= part;
      holdings =
          holdings
              .add(account, main, part * share / main.usd)
              .add(account, second, part * (1 - share) * ofSecond / second.usd)
              .add(account, third, part * (1 - share) * (1 - ofSecond) / third.usd);
    }
    return holdings;
  }

  private static Holdings levered(
      SplittableRandom random, double worth, Prices prices, double leverage) {
    double funding = random.nextDouble(0, 0.3);
    double price = prices.usd(Coin.BTC, 0);
    return Holdings.none()
        .add(Account.FUNDING, Coin.USDT, worth * funding)
        .add(Account.TRADING, Coin.USDT, worth * (1 - funding))
        .settle(price, leverage * worth / price);
  }
}
