package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Holdings.Account;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One user and the history of its holdings.
 *
 * @param name label {@code user}
 * @param uid User ID
 * @param mainUid User ID of the main account, shared by the members of one fund
 * @param ccys the units configured
 * @param history the holdings by the second from which they apply
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

  Holdings latest() {
    return history.lastEntry().getValue();
  }

  boolean main() {
    return uid.equals(mainUid);
  }

  /** The configured floor in USDT: half of the initial worth. */
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
