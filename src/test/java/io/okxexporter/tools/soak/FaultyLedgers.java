package io.okxexporter.tools.soak;

import io.okxexporter.fixture.World;
import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.model.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The funding ledger of each user, whose bills may be 20 minutes late, and the requests that broke
 * a limit of a ledger. Nobody has withdrawals, sub-accounts or a use for prices.
 */
final class FaultyLedgers {
  private static final long SECOND = 1_000_000_000L;
  private static final int PAGE = 100;
  private static final double BILLS_A_DAY = 6;
  private static final String EMPTY = "{\"code\":\"0\",\"data\":[],\"msg\":\"\"}";

  private final List<List<Entry>> entries;
  private final long[] readMillis;
  private final Map<String, Deque<Long>> arrivals = new HashMap<>();
  private long violations;

  /**
   * What moved.
   *
   * @param labels the labels of its flow but {@code user}
   */
  record Entry(
      long id, long millis, long visibleMillis, String type, String change, String labels) {
    String json() {
      return "{\"billId\":\"%d\",\"ccy\":\"BTC\",\"balChg\":\"%s\",\"bal\":\"1\",\"type\":\"%s\",\"ts\":\"%d\"}"
          .formatted(id, change, type, millis);
    }
  }

  FaultyLedgers(Plan plan) {
    readMillis = new long[plan.users()];
    SplittableRandom random = new SplittableRandom(plan.seed() + 1);
    entries = IntStream.range(0, plan.users()).mapToObj(user -> invent(plan, random)).toList();
  }

  private static List<Entry> invent(Plan plan, SplittableRandom random) {
    long begin = World.START.minus(FlowSummary.WINDOW).toEpochMilli();
    long end = World.START.plus(plan.length()).toEpochMilli();
    int count = (int) (BILLS_A_DAY * Duration.ofMillis(end - begin).toHours() / 24);
    List<Entry> invented = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long millis = begin + random.nextLong(end - begin);
      long late = random.nextInt(20) == 0 ? random.nextLong(20 * 60_000) : 0;
      invented.add(entry(i, millis, millis + late, random));
    }
    invented.sort(Comparator.comparingLong(Entry::millis).reversed());
    return invented;
  }

  private static Entry entry(long id, long millis, long visible, SplittableRandom random) {
    String amount = "0.%06d".formatted(1 + random.nextInt(999_999));
    return switch (random.nextInt(3)) {
      case 0 -> new Entry(id, millis, visible, "1", amount, labels("in", "deposit", millis));
      case 1 ->
          new Entry(id, millis, visible, "2", "-" + amount, labels("out", "withdrawal", millis));
      default ->
          new Entry(id, millis, visible, "9999", "-" + amount, labels("out", "other", millis));
    };
  }

  private static String labels(String direction, String kind, long millis) {
    String time = Instant.ofEpochMilli(millis).toString();
    return "ccy=\"BTC\",direction=\"%s\",kind=\"%s\",time=\"%s\""
        .formatted(direction, kind, time.length() == 24 ? time : time.replace("Z", ".000Z"));
  }

  /** All bills of a user, newest first. */
  List<Entry> entries(int user) {
    return entries.get(user);
  }

  /** Returns the body of the response to a request that arrives at this time. */
  String body(int user, String target, long millis) {
    if (!URI.create(target).getPath().equals(Endpoint.ASSET_BILLS.path())) {
      return EMPTY;
    }
    int at = target.indexOf("after=");
    long before = at < 0 ? Long.MAX_VALUE : Long.parseLong(target, at + 6, target.length(), 10);
    return entries.get(user).stream()
        .filter(entry -> entry.millis < before && entry.visibleMillis <= millis)
        .limit(PAGE)
        .map(Entry::json)
        .collect(Collectors.joining(",", "{\"code\":\"0\",\"data\":[", "],\"msg\":\"\"}"));
  }

  /** A request arrived. */
  void arrived(int user, String target, long nanos) {
    String path = URI.create(target).getPath();
    Deque<Long> recent = arrivals.computeIfAbsent(user + path, any -> new ArrayDeque<>());
    while (!recent.isEmpty() && nanos - recent.getFirst() >= SECOND) {
      recent.removeFirst();
    }
    recent.addLast(nanos);
    violations += recent.size() > limit(path) ? 1 : 0;
  }

  private static int limit(String path) {
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint.path().equals(path)) {
        return endpoint.maxRequests();
      }
    }
    throw new IllegalArgumentException(path);
  }

  /** A good response to a request that arrived at this time was received. */
  void received(int user, String target, long millis) {
    if (target.startsWith(Endpoint.ASSET_BILLS.path()) && !target.contains("thirdPartyType")) {
      readMillis[user] = millis;
    }
  }

  /** Until when the funding ledger of a user was read; all of it is on one page. */
  long readMillis(int user) {
    return readMillis[user];
  }

  long violations() {
    return violations;
  }
}
