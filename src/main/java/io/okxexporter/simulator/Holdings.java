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

  void add(Movement movement) {
    amounts
        .computeIfAbsent(movement.account(), any -> new EnumMap<>(Asset.class))
        .merge(movement.asset(), movement.amount(), Long::sum);
  }

  /** Returns the amount of an asset that has this worth at first. */
  static long amount(double worthUsd, Asset asset) {
    return (long) (worthUsd / Market.firstPrice(asset.name()) * PER_UNIT);
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
