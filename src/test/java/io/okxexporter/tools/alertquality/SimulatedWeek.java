package io.okxexporter.tools.alertquality;

import io.okxexporter.metrics.MetricFamily;
import io.okxexporter.tools.alertquality.Holdings.Account;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a simulated week as OpenMetrics, for import with {@code promtool tsdb create-blocks-from
 * openmetrics}. It has a fund of three and a single user, a crash and a partial rebound, a
 * withdrawal, transfers, an outage, a failing unit, a rejected key, and a restart under another
 * name.
 */
public final class SimulatedWeek {
  private static final int DAYS = 7;
  private static final long HOUR = 3_600;
  private static final long DAY = 24 * HOUR;

  private SimulatedWeek() {}

  /**
   * Writes the week to a file.
   *
   * @param args the file; the Unix time of the week's end, by default now; the minutes between two
   *     scrapes, by default 2
   */
  public static void main(String[] args) throws IOException {
    long end = args.length > 1 ? Long.parseLong(args[1]) : Instant.now().getEpochSecond();
    long start = end / 60 * 60 - Duration.ofDays(DAYS).toSeconds();
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(Path.of(args[0]), StandardCharsets.UTF_8))) {
      write(start, args.length > 2 ? Integer.parseInt(args[2]) : 2, out);
    }
  }

  /**
   * Writes the week.
   *
   * @param start Unix time of its first minute
   * @param step the minutes between two scrapes
   */
  public static void write(long start, int step, PrintWriter out) {
    Set<String> families =
        Arrays.stream(MetricFamily.values())
            .map(MetricFamily::exposedName)
            .collect(Collectors.toSet());
    families.add("up");
    World world = world();
    Recording recording = new Recording(world.minutes(), families);
    Scrapes.record(world, start, recording);
    OpenMetrics.write(recording, start, step, out);
  }

  static World world() {
    SplittableRandom random = new SplittableRandom(7);
    List<Incident> log = new ArrayList<>();
    log.add(all(IncidentType.MOVE, 2 * DAY + 9 * HOUR, 2 * HOUR, -0.17));
    log.add(all(IncidentType.MOVE, 2 * DAY + 14 * HOUR, 5 * HOUR, 0.09));
    Prices prices = new Prices(random.split(), DAYS * 1440, log);
    List<Member> members =
        List.of(
            member("main", Portfolio.UNLEVERED, 0, 0, prices),
            member("market-maker", Portfolio.SHORT, 1, 0, prices),
            member("altcoins", Portfolio.ALTCOIN, 2, 0, prices),
            member("long", Portfolio.LEVERED, 3, 3, prices));
    log.add(all(IncidentType.OUTAGE, 3 * DAY + 20 * HOUR, 40 * 60, 0));
    log.add(all(IncidentType.RESTART, 5 * DAY + 8 * HOUR, 120, 0));
    log.add(all(IncidentType.RENAME, 6 * DAY + 3 * HOUR, 300, 0));
    log.add(of(members.get(2), IncidentType.KEY_REFUSED, 5 * DAY + 15 * HOUR, 7 * HOUR));
    log.add(of(members.get(1), IncidentType.RATE_LIMITED, DAY + 5 * HOUR, 25 * 60));
    log.add(
        new Incident(
            IncidentType.UNIT_FAILING, "long", "BTC", 4 * DAY + HOUR, 4 * DAY + 2 * HOUR, 0));
    Money money = new Money(prices, random.split(), members, log);
    plan(money, members);
    money.play(DAYS * 1440);
    return new World(DAYS * 1440, prices, members, List.copyOf(log));
  }

  private static void plan(Money money, List<Member> members) {
    Member main = members.get(0);
    Member marketMaker = members.get(1);
    money.at(DAY, () -> money.transfer(main, Account.TRADING, Account.FUNDING, 0.3));
    money.at(DAY + 13 * HOUR, () -> money.subTransfer(main, 0.08, marketMaker));
    money.at(3 * DAY + 7 * HOUR, () -> money.subscribe(main, 0.5, 180));
    money.at(4 * DAY + 11 * HOUR, () -> money.withdraw(main, 0.12));
    money.at(5 * DAY + 2 * HOUR, () -> money.deposit(main, 0.05, Coin.USDT));
    money.at(
        6 * DAY + 10 * HOUR,
        () -> money.transfer(marketMaker, Account.TRADING, Account.FUNDING, 0.4));
  }

  private static Member member(
      String name, Portfolio portfolio, int uid, int mainUid, Prices prices) {
    Member member =
        new Member(
            name,
            portfolio,
            WorldGenerator.uid(uid),
            WorldGenerator.uid(mainUid),
            List.of("USDT", "BTC", "EUR"),
            new TreeMap<>());
    member.history().put(0L, portfolio.first(new SplittableRandom(uid + 20), prices));
    return member;
  }

  private static Incident all(IncidentType type, long from, long lasts, double size) {
    return new Incident(type, null, null, from, from + lasts, size);
  }

  private static Incident of(Member member, IncidentType type, long from, long lasts) {
    return new Incident(type, member.name(), null, from, from + lasts, 0);
  }
}
