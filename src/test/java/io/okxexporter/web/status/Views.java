package io.okxexporter.web.status;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Secret;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.store.LedgersView;
import io.okxexporter.store.RequestCounts;
import io.okxexporter.store.UnitView;
import io.okxexporter.store.UnitView.Received;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import io.okxexporter.store.View.HostView;
import io.okxexporter.store.View.Reloads;
import io.okxexporter.store.View.Replica;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views as the store could produce them; all values have the balances named here. */
public final class Views {
  public static final Instant AT = Instant.parse("2026-11-22T03:04:05Z");
  public static final String TOTAL = "31415926.53589793";
  public static final String TRADING = "27182818.28459045";
  static final String DETAIL = "Your IP 203.0.113.77 is not in the list";

  private Views() {}

  /** Returns the view of a process that polls all users. */
  public static View view(List<UserView> users, List<HostView> hosts, Reloads reloads) {
    return new View(
        AT,
        users,
        hosts,
        new RequestCounts(Map.of()),
        reloads,
        new Replica(Shard.WHOLE, List.of()),
        Map.of());
  }

  public static View of(UserView... users) {
    return view(List.of(users), List.of(), new Reloads(true, AT));
  }

  /** Returns a view of one healthy user and these hosts. */
  static View at(HostView... hosts) {
    return view(List.of(user("main", fresh("USDT"))), List.of(hosts), new Reloads(true, AT));
  }

  public static HostView host(String host, @Nullable Duration skew, Maintenance... maintenance) {
    return new HostView(URI.create(host), skew, List.of(maintenance));
  }

  public static UserView identified(UserView user, boolean blocked, ApiKeyInfo keyInfo) {
    return new UserView(
        user.user(),
        user.units(),
        user.budget(),
        user.pollInterval(),
        user.requests(),
        keyInfo,
        blocked,
        AT.plusSeconds(11),
        keyInfo.uid(),
        null,
        user.ledgers());
  }

  /** Returns a user of which the newest key request failed. */
  static UserView unidentified(UserView user, Reason reason, @Nullable String code) {
    return new UserView(
        user.user(),
        user.units(),
        user.budget(),
        user.pollInterval(),
        user.requests(),
        user.keyInfo(),
        user.blocked(),
        user.nextRequest(),
        user.uid(),
        Failure.answered(reason, code, DETAIL, Duration.ZERO),
        user.ledgers());
  }

  /** Returns the key of a main account. */
  public static ApiKeyInfo key(boolean ipBound, String... permissions) {
    String uid = "446556284545671168";
    return new ApiKeyInfo(uid, uid, "main", Set.of(permissions), ipBound);
  }

  public static UserView user(@Nullable String name, UnitView... units) {
    List<String> ccys = List.of(units).stream().map(UnitView::ccy).toList();
    Secret secret = new Secret("hush");
    User user =
        new User(
            name,
            URI.create("https://eea.okx.com"),
            false,
            ccys,
            new Credentials(secret, secret, secret),
            1,
            null,
            null);
    return new UserView(
        user,
        List.of(units),
        user.rateLimitGroup(),
        Duration.ofSeconds(15),
        new RequestCounts(Map.of()),
        null,
        false,
        AT.plusSeconds(11),
        null,
        null,
        LedgersView.NONE);
  }

  public static UnitView notAttempted(String ccy) {
    return new UnitView(ccy, null, false, null, null, null);
  }

  public static UnitView fresh(String ccy) {
    return new UnitView(ccy, received(ccy, 7, 4), false, Duration.ofSeconds(7), ago(4), null);
  }

  /** Succeeded 90 s ago, failed since. */
  public static UnitView failing(String ccy, Reason reason, @Nullable String code) {
    Failure<Valuation> failing = failure(reason, code);
    return new UnitView(ccy, received(ccy, 95, 90), false, Duration.ofSeconds(95), ago(3), failing);
  }

  /** Never succeeded. */
  static UnitView failed(String ccy, Reason reason, @Nullable String code) {
    return new UnitView(ccy, null, false, null, ago(3), failure(reason, code));
  }

  /** Succeeded 20 minutes ago. */
  public static UnitView stale(String ccy, @Nullable Failure<Valuation> failing) {
    return new UnitView(
        ccy, received(ccy, 1201, 1200), true, Duration.ofSeconds(1201), ago(30), failing);
  }

  static Failure<Valuation> failure(Reason reason, @Nullable String code) {
    return Failure.answered(reason, code, DETAIL, Duration.ZERO);
  }

  /** OKX's data, updated and received these numbers of seconds ago. */
  private static Received received(String ccy, long updated, long received) {
    Valuation valuation =
        new Valuation(
            ccy, new BigDecimal(TOTAL), Map.of("trading", new BigDecimal(TRADING)), ago(updated));
    return new Received(valuation, ago(received), 0);
  }

  private static Instant ago(long seconds) {
    return AT.minusSeconds(seconds);
  }
}
