package io.okxexporter.tools.alertquality;

import java.util.List;
import java.util.Set;

/**
 * A withdrawal and its circumstance.
 *
 * @param minute when it happened
 * @param shown the first minute at which a scrape shows it in every unit
 */
record Withdrawal(Member member, double share, int minute, int shown, Circumstance circumstance) {
  enum Circumstance {
    /** Undisturbed. */
    CLEAR,
    /** Values are missing, late or frozen at the withdrawal or soon after. */
    INTERRUPTED,
    /** Bitcoin moves by over 2 % between the scrapes before and after. */
    VIOLENT,
    /** Other money arrives within a quarter of an hour. */
    MIXED
  }

  /** In minutes. */
  private static final int SOON = 8;

  /** In USD. */
  private static final double CENT = 0.01;

  private static final Set<IncidentType> INFLOWS =
      Set.of(IncidentType.DEPOSIT, IncidentType.SUB_TRANSFER, IncidentType.SUBSCRIPTION);

  /**
   * The withdrawals of at least a cent: rounding leaves trillionths of a dollar in emptied
   * accounts.
   */
  static List<Withdrawal> of(World world, Visibility visibility) {
    return world.incidents().stream()
        .filter(each -> each.type() == IncidentType.WITHDRAWAL)
        .filter(each -> usd(world, each) >= CENT)
        .map(each -> of(world, visibility, each))
        .toList();
  }

  private static double usd(World world, Incident withdrawal) {
    double before = withdrawal.from() - 1;
    Member member = world.member(String.valueOf(withdrawal.user()));
    return -withdrawal.size() * member.at(before).worth(coin -> world.prices().usd(coin, before));
  }

  private static Withdrawal of(World world, Visibility visibility, Incident incident) {
    Member member = world.member(String.valueOf(incident.user()));
    int shown = visibility.of(member, incident.from());
    int before = visibility.before(member, incident.from());
    return new Withdrawal(
        member,
        -incident.size(),
        (int) (incident.from() / 60),
        shown,
        circumstance(world, visibility, incident, before, shown));
  }

  private static Circumstance circumstance(
      World world, Visibility visibility, Incident incident, int before, int shown) {
    Member member = world.member(String.valueOf(incident.user()));
    long minute = incident.from() / 60;
    boolean mixed =
        world.incidents().stream()
            .filter(each -> INFLOWS.contains(each.type()))
            .filter(each -> member.name().equals(each.user()))
            .anyMatch(each -> each.within((before - 15) * 60L, (shown + 15) * 60L));
    double move =
        world.prices().usd(Coin.BTC, 60.0 * shown) / world.prices().usd(Coin.BTC, 60.0 * before);
    if (mixed) {
      return Circumstance.MIXED;
    } else if (Math.abs(move - 1) > 0.02) {
      return Circumstance.VIOLENT;
    }
    boolean seen = shown <= minute + 2 && visibility.fresh(member, shown, shown + SOON);
    return seen ? Circumstance.CLEAR : Circumstance.INTERRUPTED;
  }
}
