package io.okxexporter.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The amount of each asset in each account, in whole multiples of 10⁻⁸, so that transfers are
 * exact.
 */
final class Holdings {
  private static final double PER_UNIT = 1e8;

  private final Map<Account, Map<Asset, Long>> amounts = new EnumMap<>(Account.class);

  long amount(Account account, Asset asset) {
    return amounts.getOrDefault(account, Map.of()).getOrDefault(asset, 0L);
  }

  void add(Account account, Asset asset, long amount) {
    amounts
        .computeIfAbsent(account, any -> new EnumMap<>(Asset.class))
        .merge(asset, amount, Long::sum);
  }

  /** Adds an initial amount of this worth. */
  void put(Account account, Asset asset, double worthUsd) {
    double units = worthUsd / Market.firstPrice(asset.name());
    add(account, asset, (long) (units * PER_UNIT));
  }

  double worth(Account account, Map<Asset, Double> prices) {
    return worth(asset -> amount(account, asset), prices);
  }

  /** Sums by asset first: a transfer between accounts must not change a digit of the worth. */
  double worth(Map<Asset, Double> prices) {
    return worth(this::total, prices);
  }

  private static double worth(ToLongFunction<Asset> amount, Map<Asset, Double> prices) {
    double worth = 0;
    for (Map.Entry<Asset, Double> price : prices.entrySet()) {
      worth += amount.applyAsLong(price.getKey()) / PER_UNIT * price.getValue();
    }
    return worth;
  }

  long total(Asset asset) {
    long total = 0;
    for (Account account : Account.values()) {
      total += amount(account, asset);
    }
    return total;
  }
}
