package io.okxexporter.ledger;

import io.okxexporter.model.BillClass;
import io.okxexporter.model.Flow;
import io.okxexporter.model.FlowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came and left within the last {@link #WINDOW}.
 *
 * @param flows newest first, at most the newest {@link #LISTED} of each category
 * @param counts how many flows there are, those not listed too; a category is absent while its
 *     count is unknown
 * @param moves the newest time of each class of movement inside the User ID that may leave a hole
 *     or a step in the valuation
 */
public record FlowSummary(
    List<Flow> flows, Map<Category, Integer> counts, Map<BillClass, Instant> moves) {
  /** How far back flows are shown, by OKX's clock. */
  public static final Duration WINDOW = Duration.ofDays(3);

  /** How many flows of a category are listed. */
  public static final int LISTED = 50;

  /**
   * What is counted together.
   *
   * @param kind between whom money moved
   * @param direction whether it came or left
   */
  public record Category(FlowKind kind, Flow.Direction direction) {}

  /** The same while flows of a kind may be missing. */
  public FlowSummary withoutCountsOf(FlowKind kind) {
    Map<Category, Integer> known = new HashMap<>(counts);
    known.keySet().removeIf(category -> category.kind() == kind);
    return new FlowSummary(flows, known, moves);
  }

  /** Whether the count of every category is known. */
  public boolean isComplete() {
    return counts.size() == FlowKind.values().length * Flow.Direction.values().length;
  }

  /** Copies the collections. */
  public FlowSummary {
    flows = List.copyOf(flows);
    counts = Map.copyOf(counts);
    moves = Map.copyOf(moves);
  }
}
