package io.okxexporter.tools.alertquality;

import io.okxexporter.tools.alertquality.Holdings.Account;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Periods of losses by market prices and of low or emptied accounts, computed per minute in USDT
 * from the holdings and true prices. Independent of scrapes and rules.
 */
final class LossIncidents {
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  private final World world;
  private final Member member;

  /** The value of one initial dollar by prices alone, ignoring money in and out. */
  private final double[] performance;

  private LossIncidents(World world, Member member) {
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
   * The incidents of all users. Detectable market losses and emptied accounts are limited to users
   * without positions: others may lose in every unit at once, which other alerts detect.
   */
  static List<Incident> of(World world) {
    return world.members().stream()
        .flatMap(member -> new LossIncidents(world, member).all())
        .toList();
  }

  private Stream<Incident> all() {
    double floor = member.floor(world.prices());
    Stream<Incident> ofAll =
        Stream.of(
                periods(IncidentType.BELOW_FLOOR, minute -> worth(minute, minute) < floor),
                periods(IncidentType.MARKET_DIP, minute -> fellWithin(HOUR, 0.09, minute)),
                periods(IncidentType.BELOW_PEAK, minute -> fellWithin(minute, 0.24, minute)))
            .flatMap(all -> all);
    boolean borrowed = member.history().values().stream().anyMatch(it -> it.position() != 0);
    return borrowed ? ofAll : Stream.concat(ofAll, ofUnborrowed());
  }

  private Stream<Incident> ofUnborrowed() {
    return Stream.of(
            periods(IncidentType.MARKET_LOSS, this::lostWithinAnHour),
            // A little more than a quarter, since the rules weigh old peaks less.
            periods(IncidentType.DRAWDOWN, minute -> fellWithin(DAY, 0.27, minute)),
            Arrays.stream(Account.values())
                .flatMap(it -> periods(IncidentType.EMPTIED, minute -> emptied(it, minute))))
        .flatMap(all -> all);
  }

  private boolean lostWithinAnHour(int minute) {
    return minute >= HOUR && performance[minute] < 0.9 * performance[minute - HOUR];
  }

  /** Whether prices cost this share of the peak of the last {@code minutes}. */
  private boolean fellWithin(int minutes, double share, int minute) {
    double best =
        Arrays.stream(performance, Math.max(0, minute - minutes), minute + 1).max().orElseThrow();
    return performance[minute] < (1 - share) * best;
  }

  /**
   * Whether the account held over a twentieth of all an hour ago, and less than a hundredth of that
   * is left.
   */
  private boolean emptied(Account account, int minute) {
    if (minute < HOUR) {
      return false;
    }
    double before = worth(account, minute - HOUR);
    return before > 0.05 * worth(minute - HOUR, minute - HOUR)
        && worth(account, minute) < 0.01 * before;
  }

  /** The value of one minute's holdings in the prices of another. */
  private double worth(int holdingsMinute, int pricesMinute) {
    return member
            .at(60.0 * holdingsMinute)
            .worth(coin -> world.prices().usd(coin, 60.0 * pricesMinute))
        / world.prices().usd(Coin.USDT, 60.0 * pricesMinute);
  }

  private double worth(Account account, int minute) {
    return member.worth(account, "USDT", 60.0 * minute, world.prices());
  }

  private Stream<Incident> periods(IncidentType type, IntPredicate lasts) {
    List<Incident> periods = new ArrayList<>();
    int from = -1;
    for (int minute = 0; minute <= world.minutes(); minute++) {
      boolean now = minute < world.minutes() && lasts.test(minute);
      if (now && from < 0) {
        from = minute;
      } else if (!now && from >= 0) {
        periods.add(new Incident(type, member.name(), null, 60L * from, 60L * minute, 0));
        from = -1;
      }
    }
    return periods.stream();
  }
}
