package io.okxexporter.tools.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.model.Endpoint;
import io.okxexporter.okx.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cheap in-memory exchange in virtual time. It fails by a seeded script and counts requests less
 * than a second after another of the same user. It also stores the last value served for each unit,
 * which is all a scrape may show.
 */
final class FaultyExchange implements Transport {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long CALL_TIMEOUT = 10 * SECOND;
  private static final long GAP = SECOND;
  private static final long HOUR = 3_600 * SECOND;
  private static final long DAY = 86_400;
  private static final int REMEMBERED = 4;

  private final Plan plan;
  private final VirtualTime time;
  private final SplittableRandom random;
  private final long begin;
  private final long[][] arrivals;
  private final ServedValue[][] lastServed;
  private final List<AgeHistogram> ages;
  private final FaultyLedgers ledgers;

  private long requests;
  private long violations;
  private long faults;
  private long number;

  /**
   * The last value served for a unit.
   *
   * @param value the total; one account has as much and a half more
   * @param millis its timestamp at OKX
   * @param servedNanos when it was served, in monotonic time
   */
  record ServedValue(long value, long millis, long servedNanos) {}

  /**
   * @param time must be at whole milliseconds when it begins
   */
  FaultyExchange(Plan plan, VirtualTime time) {
    this.plan = plan;
    this.time = time;
    begin = time.nanoTime();
    random = new SplittableRandom(plan.seed());
    arrivals = new long[plan.users()][REMEMBERED];
    lastServed = new ServedValue[plan.users()][plan.units()];
    ledgers = new FaultyLedgers(plan);
    ages = Stream.generate(AgeHistogram::new).limit(plan.units()).toList();
  }

  @Override
  public Cancellation send(Request request, Consumer<Reply> done) {
    String key = request.headers().get("OK-ACCESS-KEY");
    int user = key == null ? -1 : Integer.parseInt(key, 3, key.length(), 10);
    String target = request.target();
    if (user < 0 || target.equals(Endpoint.ACCOUNT_CONFIG.path())) {
      long oneWay = latency() + untilWholeMilli();
      later(done, 2 * oneWay, ok(user < 0 ? helper(target, oneWay) : config(user)));
      return () -> {};
    }
    if (!target.startsWith(Endpoint.ASSET_VALUATION.path())) {
      return ledger(user, target, done);
    }
    requests++;
    int unit = unit(request.target().substring(request.target().indexOf('=') + 1));
    if (isCalm() || (random.nextInt(100) > 3 && !isOut(user))) {
      value(user, unit, done);
      return () -> {};
    }
    faults++;
    if (random.nextInt(9) == 0) {
      return loseCompletion(user, done);
    }
    fail(user, done);
    return () -> {};
  }

  /** Ledgers lose responses, answer rubbish or not at all. */
  private Cancellation ledger(int user, String target, Consumer<Reply> done) {
    long before = latency();
    long after = latency();
    ledgers.arrived(user, target, time.nanoTime() + before);
    long arrival = time.now().toEpochMilli() + before / MILLI;
    String body = ledgers.body(user, target, arrival);
    int chance = isCalm() ? 100 : isOut(user) ? random.nextInt(5) : random.nextInt(100);
    switch (chance) {
      case 0 -> later(done, CALL_TIMEOUT, new Fault(true, true, "timeout"));
      case 1 -> later(done, before, new Fault(false, true, "connection reset"));
      case 2 -> later(done, before + after, error(503, "<html>Service Unavailable</html>"));
      case 3 -> later(done, before + after, ok(body.replace("\"ts\":\"1", "\"ts\":\"x")));
      case 4 -> later(done, before + after, error(429, "{\"code\":\"50011\",\"msg\":\"\"}"));
      default ->
          later(
              reply -> {
                ledgers.received(user, target, arrival);
                done.accept(reply);
              },
              before + after,
              ok(body));
    }
    return () -> {};
  }

  private static Response error(int status, String body) {
    return new Response(status, null, null, body.getBytes(ISO_8859_1));
  }

  /**
   * Sends no response until the request is cancelled. The request may arrive up to a gap after
   * that; a late response is ignored.
   */
  private Cancellation loseCompletion(int user, Consumer<Reply> done) {
    boolean late = random.nextBoolean();
    return () -> {
      arrived(user, time.nanoTime() + random.nextLong(GAP));
      if (late) {
        later(done, random.nextLong(60 * SECOND), ok(valuation(-1, 1)));
      }
    };
  }

  private int unit(String ccy) {
    int unit = 0;
    while (!plan.unit(unit).equals(ccy)) {
      unit++;
    }
    return unit;
  }

  /** The last hour has no faults, so that stuck users become visible. */
  private boolean isCalm() {
    return time.nanoTime() - begin > plan.length().toNanos() - HOUR;
  }

  /**
   * Once a day each user fails for an hour at its own time, and all fail together for 15 minutes.
   */
  private boolean isOut(int user) {
    long second = (time.nanoTime() - begin) / SECOND;
    return (second + user * 977L) % DAY < 3_600 || (second + DAY / 2) % DAY < 900;
  }

  private void value(int user, int unit, Consumer<Reply> done) {
    long before = latency();
    arrived(user, time.nanoTime() + before);
    long millis = time.now().toEpochMilli() + before / MILLI;
    long value = ++number;
    time.schedule(
        () -> {
          recordServed(user, unit, new ServedValue(value, millis, time.nanoTime()));
          done.accept(ok(valuation(value, millis)));
        },
        Duration.ofNanos(before + latency()));
  }

  private void recordServed(int user, int unit, ServedValue now) {
    ServedValue last = lastServed[user][unit];
    if (last != null) {
      ages(unit).add(now.servedNanos() - last.servedNanos());
    }
    lastServed[user][unit] = now;
  }

  /** The request nearly always arrives, late if its response is lost. */
  private void fail(int user, Consumer<Reply> done) {
    long now = time.nanoTime();
    switch (random.nextInt(8)) {
      case 0 -> {
        arrived(user, now + CALL_TIMEOUT + random.nextLong(GAP));
        later(done, CALL_TIMEOUT, new Fault(true, true, "timeout"));
      }
      case 1 -> {
        long broken = latency();
        arrived(user, now + broken + random.nextLong(GAP));
        later(done, broken, new Fault(false, true, "connection reset"));
      }
      case 2 -> later(done, latency(), new Fault(false, false, "connection refused"));
      case 3 -> respond(user, done, 429, "{\"code\":\"50011\",\"msg\":\"Too Many Requests\"}");
      case 4 -> respond(user, done, 503, "<html>Service Unavailable</html>");
      case 5 -> respond(user, done, 200, "{\"code\":\"0\",\"data\":[]}");
      case 6 -> respond(user, done, 401, "{\"code\":\"50111\",\"msg\":\"Invalid OK-ACCESS-KEY\"}");
      default -> respond(user, done, 200, "{\"code\":51000,\"msg\":\"Parameter ccy error\"}");
    }
  }

  private void respond(int user, Consumer<Reply> done, int status, String body) {
    long before = latency();
    arrived(user, time.nanoTime() + before);
    later(done, before + latency(), error(status, body));
  }

  /** Mostly quick; one in a hundred takes up to a second. */
  private long latency() {
    return MILLI * (1 + random.nextLong(random.nextInt(100) == 0 ? 1000 : 50));
  }

  /** OKX's clock has no smaller unit, and must not seem to differ. */
  private long untilWholeMilli() {
    Instant now = time.now();
    long beyond = Duration.between(now.truncatedTo(ChronoUnit.MILLIS), now).toNanos();
    return (MILLI - beyond) % MILLI;
  }

  private void later(Consumer<Reply> done, long nanos, Reply reply) {
    time.schedule(() -> done.accept(reply), Duration.ofNanos(nanos));
  }

  private void arrived(int user, long at) {
    long[] recent = arrivals[user];
    for (long other : recent) {
      if (other != 0 && Math.abs(at - other) < SECOND) {
        violations++;
      }
    }
    System.arraycopy(recent, 1, recent, 0, REMEMBERED - 1);
    recent[REMEMBERED - 1] = at;
  }

  /** The exchange's clock equals the exporter's, read halfway through the request. */
  private String helper(String target, long oneWay) {
    long middle = time.now().plusNanos(oneWay).toEpochMilli();
    return target.endsWith("/time")
        ? "{\"code\":\"0\",\"data\":[{\"ts\":\"" + middle + "\"}]}"
        : "{\"code\":\"0\",\"data\":[]}";
  }

  private static String config(int user) {
    return "{\"code\":\"0\",\"data\":[{\"uid\":\"1000"
        + user
        + "\",\"mainUid\":\"1000"
        + user
        + "\",\"perm\":\"read_only\",\"ip\":\"\",\"label\":\"\",\"type\":\"0\"}]}";
  }

  private static String valuation(long value, long millis) {
    return "{\"code\":\"0\",\"data\":[{\"details\":{\"earn\":\"0\",\"trading\":\""
        + value
        + ".5\"},\"totalBal\":\""
        + value
        + "\",\"ts\":\""
        + millis
        + "\"}],\"msg\":\"\"}";
  }

  private static Response ok(String body) {
    return new Response(200, null, null, body.getBytes(ISO_8859_1));
  }

  /** The last value served for a unit; null before the first. */
  @Nullable ServedValue lastServed(int user, int unit) {
    return Objects.requireNonNull(lastServed[user])[unit];
  }

  AgeHistogram ages(int unit) {
    return ages.get(unit);
  }

  FaultyLedgers ledgers() {
    return ledgers;
  }

  /** Requests for valuations. */
  long requests() {
    return requests;
  }

  long violations() {
    return violations + ledgers.violations();
  }

  long faults() {
    return faults;
  }
}
