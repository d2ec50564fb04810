package io.okxexporter.tools.benchmark;

import io.okxexporter.fixture.Users;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.Store;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A store with a valuation for every unit of every user, which can be replaced. */
final class FilledStore {
  private static final List<String> UNITS = List.of("USDT", "BTC", "USD", "EUR");

  private final List<User> users;
  private final Store store;
  private final Random random = new Random(1);

  FilledStore(int users, int units) {
    this.users =
        IntStream.rangeClosed(1, users)
            .mapToObj(n -> Users.user("user" + n, UNITS.subList(0, units).toArray(String[]::new)))
            .toList();
    store = new Store(Shard.WHOLE, this.users, Duration.ofHours(1), Clock.system());
    for (User user : this.users) {
      store.planned(user, user.rateLimitGroup(), Duration.ofSeconds(15));
      store.identified(
          user,
          new Success<>(
              new ApiKeyInfo(
                  "44705892343619584", "44705892343619584", "main", Set.of("read_only"), true)),
          false);
    }
    pollEverything();
  }

  Store store() {
    return store;
  }

  /** Gives every unit of every user a new valuation. */
  void pollEverything() {
    for (User user : users) {
      for (String ccy : user.ccys()) {
        store.sent(user, Endpoint.ASSET_VALUATION);
        store.valued(user, ccy, new Success<>(valuation(ccy)));
      }
    }
  }

  private Valuation valuation(String ccy) {
    return new Valuation(
        ccy,
        amount(),
        Map.of("funding", amount(), "trading", amount(), "earn", amount(), "classic", amount()),
        Clock.system().now());
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), 8);
  }
}
