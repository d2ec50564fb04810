package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Holdings.Account;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One user and all it ever owned.
 *
 * @param name label {@code user}
 * @param uid User ID
 * @param mainUid User ID of the main account; members of one fund share it
 * @param ccys the units configured
 * @param history what it owned, from which second on
 */
record Member(
    String name,
    Portfolio portfolio,
    String uid,
    String mainUid,
    List<String> ccys,
    TreeMap<Long, Holdings> history) {

  Holdings at(double second) {
    Map.Entry<Long, Holdings> entry = history.floorEntry((long) second);
    return entry == null ? Holdings.none() : entry.getValue();
  }

  Holdings newest() {
    return history.lastEntry().getValue();
  }

  boolean main() {
    return uid.equals(mainUid);
  }

  /** Below which the user wants to hear of it, in USDT: half of what there was at first. */
  double floor(Prices prices) {
    return worth("USDT", 0, prices) / 2;
  }

  /** The true worth in that unit. */
  double worth(String ccy, double second, Prices prices) {
    return at(second).worth(coin -> prices.usd(coin, second)) / unit(ccy, second, prices);
  }

  double worth(Account account, String ccy, double second, Prices prices) {
    return at(second).worth(account, coin -> prices.usd(coin, second)) / unit(ccy, second, prices);
  }

  private static double unit(String ccy, double second, Prices prices) {
    return prices.usd(Coin.valueOf(ccy), second);
  }
}
