package io.okxexporter.ledger;

import static java.util.Comparator.comparing;

import io.okxexporter.model.Flow;
import io.okxexporter.model.FlowKind;
import io.okxexporter.model.Withdrawal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which flow a withdrawal became. No bill names its withdrawal, and whether OKX writes it at the
 * request or at the end is not documented. So each withdrawal, the oldest first, takes the earliest
 * flow that left since, in its currency, of its amount with or without the fee. Pure.
 */
public final class WithdrawalFlows {
  /** How far a bill may seem to precede the request. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  private static final Set<FlowKind> KINDS =
      Set.of(FlowKind.WITHDRAWAL, FlowKind.USER, FlowKind.FIAT);

  private WithdrawalFlows() {}

  /** The flow of each withdrawal that has one, by the withdrawal's id. */
  public static Map<String, Flow> pair(Collection<Withdrawal> withdrawals, Collection<Flow> flows) {
    List<Flow> unpaired =
        new ArrayList<>(
            flows.stream()
                .filter(it -> it.direction() == Flow.Direction.OUT && KINDS.contains(it.kind()))
                .sorted(comparing(Flow::at))
                .toList());
    Map<String, Flow> pairs = new HashMap<>();
    withdrawals.stream()
        .sorted(comparing(Withdrawal::at).thenComparing(Withdrawal::id))
        .forEach(
            withdrawal ->
                unpaired.stream()
                    .filter(flow -> mayBe(withdrawal, flow))
                    .findFirst()
                    .ifPresent(
                        flow -> {
                          unpaired.remove(flow);
                          pairs.put(withdrawal.id(), flow);
                        }));
    return pairs;
  }

  private static boolean mayBe(Withdrawal withdrawal, Flow flow) {
    return flow.ccy().equals(withdrawal.ccy())
        && !flow.at().isBefore(withdrawal.at().minus(TOLERANCE))
        && (flow.amount().compareTo(withdrawal.amount()) == 0
            || flow.amount().compareTo(withdrawal.amount().add(withdrawal.fee())) == 0);
  }
}
