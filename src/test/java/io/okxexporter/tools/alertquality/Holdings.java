package io.okxexporter.tools.alertquality;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The coins in each account and an open bitcoin position, whose profit or loss belongs to trading;
 * immutable.
 *
 * @param position bitcoins bought on margin; negative if sold short
 * @param entry the entry price in USD
 */
record Holdings(Map<Account, Map<Coin, Double>> amounts, double position, double entry) {
  enum Account {
    FUNDING,
    TRADING,
    EARN
  }

  static Holdings none() {
    return new Holdings(Map.of(), 0, 0);
  }

  Holdings add(Account account, Coin coin, double amount) {
    Map<Account, Map<Coin, Double>> copy = new EnumMap<>(Account.class);
    amounts.forEach((each, coins) -> copy.put(each, new EnumMap<>(coins)));
    copy.computeIfAbsent(account, any -> new EnumMap<>(Coin.class))
        .merge(coin, amount, Double::sum);
    return new Holdings(copy, position, entry);
  }

  /** Adds this share of the coins to an account; a negative share removes them. */
  Holdings add(Account account, Map<Coin, Double> coins, double share) {
    Holdings sum = this;
    for (Map.Entry<Coin, Double> coin : coins.entrySet()) {
      sum = sum.add(account, coin.getKey(), coin.getValue() * share);
    }
    return sum;
  }

  Holdings transfer(Account from, Account to, double share) {
    Map<Coin, Double> coins = coins(from);
    return add(from, coins, -share).add(to, coins, share);
  }

  /** Realizes profit or loss in trading and opens another position. */
  Holdings settle(double price, double newPosition) {
    Holdings settled = add(Account.TRADING, Coin.USDT, position * (price - entry));
    return new Holdings(settled.amounts, newPosition, price);
  }

  Map<Coin, Double> coins(Account account) {
    return amounts.getOrDefault(account, Map.of());
  }

  /** The value at these prices; an open position belongs to trading. */
  double worth(Account account, ToDoubleFunction<Coin> price) {
    double worth = spot(account, price);
    return account == Account.TRADING && position != 0
        ? worth + position * (price.applyAsDouble(Coin.BTC) - entry)
        : worth;
  }

  /** The value without the position, which is what can be moved. */
  double spot(Account account, ToDoubleFunction<Coin> price) {
    double worth = 0;
    for (Map.Entry<Coin, Double> coin : coins(account).entrySet()) {
      worth += coin.getValue() * price.applyAsDouble(coin.getKey());
    }
    return worth;
  }

  double worth(ToDoubleFunction<Coin> price) {
    double worth = 0;
    for (Account account : Account.values()) {
      worth += worth(account, price);
    }
    return worth;
  }
}
