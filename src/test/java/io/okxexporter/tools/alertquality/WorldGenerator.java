package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Holdings.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generates random worlds; a seed determines its world. Frequencies are per month, and far higher
 * than in reality.
 */
final class WorldGenerator {
  private static final int MONTH = 30 * 86_400;

  private static final List<Account> ACCOUNTS = List.of(Account.values());

  private final SplittableRandom random;
  private final int days;
  private final double intensity;
  private final List<Incident> log = new ArrayList<>();

  private WorldGenerator(long seed, int days, double intensity) {
    random = new SplittableRandom(seed);
    this.days = days;
    this.intensity = intensity;
  }

  /**
   * Generates a world.
   *
   * @param intensity multiplies all frequencies
   * @param portfolios one per member; every second group of three is a fund under one main account
   */
  static World world(long seed, int days, double intensity, List<Portfolio> portfolios) {
    return new WorldGenerator(seed, days, intensity).make(portfolios);
  }

  /**
   * Adds faults of the exporter's operators, which do not affect money or market.
   *
   * @param intensity multiplies their frequencies
   */
  static World withOperatorFaults(World world, long seed, double intensity) {
    WorldGenerator more = new WorldGenerator(~seed, world.minutes() / 1440, intensity);
    more.operatorFaults(world.members());
    List<Incident> all =
        Stream.concat(world.incidents().stream(), more.log.stream())
            .sorted(Comparator.comparing(Incident::from))
            .toList();
    return new World(world.minutes(), world.prices(), world.members(), all);
  }

  private World make(List<Portfolio> portfolios) {
    int minutes = days * 1440;
    market();
    List<Incident> moves = List.copyOf(log);
    Prices prices = new Prices(random.split(), minutes, moves);
    List<Member> members =
        IntStream.range(0, portfolios.size())
            .mapToObj(i -> member(i, portfolios.get(i), prices))
            .toList();
    Money money = new Money(prices, random.split(), members, log);
    for (Member member : members) {
      lead(member, members, money, moves);
      units(member);
    }
    exporter();
    money.play(minutes);
    log.sort(Comparator.comparing(Incident::from));
    return new World(minutes, prices, members, List.copyOf(log));
  }

  private Member member(int number, Portfolio portfolio, Prices prices) {
    boolean fund = number / 3 % 2 == 1;
    List<String> ccys =
        random.nextInt(4) == 0 ? List.of("USDT", "BTC", "EUR") : List.of("USDT", "BTC");
    Member member =
        new Member(
            "user" + number,
            portfolio,
            uid(number),
            uid(fund ? number / 3 * 3 : number),
            ccys,
            new TreeMap<>());
    member.history().put(0L, portfolio.first(random, prices));
    return member;
  }

  static String uid(int number) {
    return String.valueOf(100_000_000_000_000_000L + number);
  }

  /** Adds crashes and rallies, half of them followed by a rebound. */
  private void market() {
    often(4, second -> move(IncidentType.MOVE, second, part(0.05, 0.4) * sign()));
    often(3, second -> move(IncidentType.ALT_MOVE, second, part(0.1, 0.4) * sign()));
  }

  private void move(IncidentType type, long second, double size) {
    long lasts = (long) (60 * Math.pow(360, random.nextDouble()));
    log.add(new Incident(type, null, null, second, second + lasts, size));
    if (random.nextBoolean()) {
      long later = second + lasts + random.nextInt(3600);
      double back = -size * part(0.2, 0.9) / (1 + size);
      log.add(new Incident(type, null, null, later, later + lasts, back));
    }
  }

  private void lead(Member member, List<Member> members, Money money, List<Incident> moves) {
    often(3, second -> money.at(second, () -> money.withdraw(member, size())));
    often(2, second -> money.at(second, () -> money.deposit(member, size(), coin())));
    often(8, second -> money.at(second, () -> transfer(member, money)));
    often(4, second -> money.at(second, () -> subscribe(member, money)));
    members.stream()
        .filter(to -> !to.uid().equals(member.uid()) && to.mainUid().equals(member.mainUid()))
        .forEach(
            to ->
                often(1, second -> money.at(second, () -> money.subTransfer(member, size(), to))));
    for (Incident move : moves) {
      if (random.nextInt(15) == 0) {
        long second = move.from() - 600 + random.nextLong(move.until() - move.from() + 1200);
        money.at(second, () -> money.withdraw(member, size()));
      }
    }
    // Refills emptied users within a day or so.
    for (int day = 1; day < days; day++) {
      money.at(day * 86_400L + random.nextInt(86_400), () -> refill(member, money));
    }
  }

  private void refill(Member member, Money money) {
    if (member.latest().worth(coin -> coin.usd) < 500) {
      money.deposit(member, 1, Coin.USDT);
    }
  }

  private void transfer(Member member, Money money) {
    int from = random.nextInt(3);
    int to = (from + 1 + random.nextInt(2)) % 3;
    money.transfer(
        member,
        ACCOUNTS.get(from),
        ACCOUNTS.get(to),
        random.nextInt(4) == 0 ? 1 : random.nextDouble());
  }

  private void subscribe(Member member, Money money) {
    money.subscribe(member, part(0.1, 1), 5 + random.nextInt(295));
  }

  /** Adds failures and delays of one user's responses. */
  private void units(Member member) {
    for (String ccy : member.ccys()) {
      often(1, second -> add(IncidentType.UNIT_FAILING, member, ccy, second, minutes(2, 90)));
      often(2, second -> add(IncidentType.FROZEN, member, ccy, second, minutes(1, 45)));
      often(2, second -> add(IncidentType.LATE, member, ccy, second, minutes(1, 120)));
    }
    often(1, second -> add(IncidentType.LATE, member, null, second, minutes(1, 120)));
    often(1, second -> add(IncidentType.FROZEN, member, null, second, minutes(1, 45)));
    often(1, second -> add(IncidentType.RATE_LIMITED, member, null, second, minutes(1, 60)));
    often(0.3, second -> add(IncidentType.KEY_REFUSED, member, null, second, minutes(10, 600)));
  }

  private void exporter() {
    often(2, second -> add(IncidentType.OUTAGE, null, null, second, minutes(1, 240)));
    often(6, second -> add(IncidentType.RESTART, null, null, second, 60L * random.nextInt(4)));
    often(3, second -> add(IncidentType.RENAME, null, null, second, 60L * random.nextInt(30)));
    often(10, second -> add(IncidentType.MISSING_SCRAPES, null, null, second, minutes(1, 12)));
  }

  private void operatorFaults(List<Member> members) {
    often(3, second -> add(IncidentType.NOT_SCRAPED, null, null, second, minutes(2, 40)));
    often(3, second -> add(IncidentType.CLOCK_OFF, null, null, second, minutes(2, 240)));
    often(6, second -> loseReplica(members, second, minutes(2, 40)));
    for (Member member : members) {
      often(0.5, second -> add(IncidentType.TRADING_KEY, member, null, second, minutes(5, 600)));
    }
    often(2, second -> add(IncidentType.ADDRESS_BLOCKED, null, null, second, minutes(5, 240)));
  }

  private void loseReplica(List<Member> members, long second, long lasts) {
    add(IncidentType.LONE_REPLICA, null, null, second, lasts);
    members.stream()
        .filter(member -> !Replica.LONE.isAssigned(Replica.user(member)))
        .forEach(member -> add(IncidentType.NOT_HELD, member, null, second, lasts));
  }

  private void add(
      IncidentType type, @Nullable Member member, @Nullable String ccy, long second, long lasts) {
    log.add(
        new Incident(type, member == null ? null : member.name(), ccy, second, second + lasts, 0));
  }

  /** Runs the task at times of a Poisson process. */
  private void often(double perMonth, LongConsumer task) {
    double second = random.nextExponential() * MONTH / intensity / perMonth;
    while (second < days * 86_400L) {
      task.accept((long) second);
      second += random.nextExponential() * MONTH / intensity / perMonth;
    }
  }

  /** A log-uniform duration, in seconds. */
  private long minutes(int least, int most) {
    return (long) (60 * least * Math.pow((double) most / least, random.nextDouble()));
  }

  /** A share from 1 % upwards; one in eight is everything. */
  private double size() {
    return random.nextInt(8) == 0 ? 1 : Math.pow(100, random.nextDouble() - 1);
  }

  private double part(double least, double most) {
    return random.nextDouble(least, most);
  }

  private int sign() {
    return random.nextBoolean() ? 1 : -1;
  }

  private Coin coin() {
    return random.nextBoolean() ? Coin.BTC : Coin.USDT;
  }
}
