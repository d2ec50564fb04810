package io.okxexporter.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The portfolio of every User ID. Of each two User IDs in the order of the users, the first one
 * sends the second one a payment now and then.
 */
final class Portfolios {
  private final long seed;
  private final long startMillis;
  private final Map<String, SimulatedUser> payers = new HashMap<>();
  private final Map<String, PaymentKind> payments = new HashMap<>();
  private final Map<String, Portfolio> portfolios = new HashMap<>();

  Portfolios(long seed, long startMillis, List<SimulatedUser> users) {
    this.seed = seed;
    this.startMillis = startMillis;
    pair(users);
  }

  private void pair(List<SimulatedUser> users) {
    Map<String, SimulatedUser> byUid = new LinkedHashMap<>();
    users.forEach(user -> byUid.putIfAbsent(user.uid(), user));
    List<SimulatedUser> owners = List.copyOf(byUid.values());
    for (int i = 1; i < owners.size(); i += 2) {
      payers.put(owners.get(i).uid(), owners.get(i - 1));
      payments.put(owners.get(i - 1).uid(), PaymentKind.of(owners.get(i - 1), owners.get(i)));
    }
  }

  Portfolio of(String uid) {
    Portfolio known = portfolios.get(uid);
    if (known != null) {
      return known;
    }
    Portfolio created =
        new Portfolio(
            new SplittableRandom(seed + uid.hashCode()).nextLong(),
            startMillis,
            payments.get(uid),
            payer(uid));
    portfolios.put(uid, created);
    return created;
  }

  private @Nullable Portfolio payer(String uid) {
    SimulatedUser payer = payers.get(uid);
    return payer == null ? null : of(payer.uid());
  }
}
