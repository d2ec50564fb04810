package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Holdings.Account;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * When users were down by the market, or ran low or empty: reckoned minute by minute from what they
 * owned and the true prices, in USDT. Knows of no scrape and no rule.
 */
final class Losses {
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  private final World world;
  private final Member member;

  /** What one dollar became by prices alone, money that came or went left aside. */
  private final double[] performance;

  private Losses(World world, Member member) {
    this.world = world;
    this.member = member;
    performance = new double[world.minutes()];
    performance[0] = 1;
    for (int minute = 1; minute < performance.length; minute++) {
      double before = worth(minute - 1, minute - 1);
      performance[minute] =
          performance[minute - 1]
              * (before > 0 ? Math.max(0, worth(minute - 1, minute) / before) : 1);
    }
  }

  /**
   * Of all users. What an alert on the market must tell, and what ran empty, only of those who
   * borrowed nothing: others may lose in every unit at once, which other alerts tell.
   */
  static List<Incident> of(World world) {
    return world.members().stream().flatMap(member -> new Losses(world, member).all()).toList();
  }

  private Stream<Incident> all() {
    double floor = member.floor(world.prices());
    Stream<Incident> ofAll =
        Stream.of(
                spells(IncidentType.BELOW_FLOOR, minute -> worth(minute, minute) < floor),
                spells(IncidentType.MARKET_DIP, minute -> fellWithin(HOUR, 0.09, minute)),
                spells(IncidentType.BELOW_PEAK, minute -> fellWithin(minute, 0.24, minute)))
            .flatMap(all -> all);
    boolean borrowed = member.history().values().stream().anyMatch(it -> it.position() != 0);
    return borrowed ? ofAll : Stream.concat(ofAll, ofUnborrowed());
  }

  private Stream<Incident> ofUnborrowed() {
    return Stream.of(
            spells(IncidentType.MARKET_LOSS, this::lostWithinAnHour),
            // A quarter and a little more, as a peak counts for less with time.
            spells(IncidentType.DRAWDOWN, minute -> fellWithin(DAY, 0.27, minute)),
            Arrays.stream(Account.values())
                .flatMap(it -> spells(IncidentType.EMPTIED, minute -> emptied(it, minute))))
        .flatMap(all -> all);
  }

  private boolean lostWithinAnHour(int minute) {
    return minute >= HOUR && performance[minute] < 0.9 * performance[minute - HOUR];
  }

  /** By that share from the best of so many minutes. */
  private boolean fellWithin(int minutes, double share, int minute) {
    double best =
        Arrays.stream(performance, Math.max(0, minute - minutes), minute + 1).max().orElseThrow();
    return performance[minute] < (1 - share) * best;
  }

  /** What was over a twentieth of all an hour ago is gone but for a hundredth. */
  private boolean emptied(Account account, int minute) {
    if (minute < HOUR) {
      return false;
    }
    double before = worth(account, minute - HOUR);
    return before > 0.05 * worth(minute - HOUR, minute - HOUR)
        && worth(account, minute) < 0.01 * before;
  }

  /** What was owned at one minute, by the prices of another. */
  private double worth(int owned, int priced) {
    return member.at(60.0 * owned).worth(coin -> world.prices().usd(coin, 60.0 * priced))
        / world.prices().usd(Coin.USDT, 60.0 * priced);
  }

  private double worth(Account account, int minute) {
    return member.worth(account, "USDT", 60.0 * minute, world.prices());
  }

  private Stream<Incident> spells(IncidentType type, IntPredicate lasts) {
    List<Incident> spells = new ArrayList<>();
    int from = -1;
    for (int minute = 0; minute <= world.minutes(); minute++) {
      boolean now = minute < world.minutes() && lasts.test(minute);
      if (now && from < 0) {
        from = minute;
      } else if (!now && from >= 0) {
        spells.add(new Incident(type, member.name(), null, 60L * from, 60L * minute, 0));
        from = -1;
      }
    }
    return spells.stream();
  }
}
