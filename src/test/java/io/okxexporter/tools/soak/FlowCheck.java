package io.okxexporter.tools.soak;

import io.okxexporter.ledger.FlowSummary;
import io.okxexporter.tools.soak.FaultyLedgers.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the flows of a scrape with the ledgers. What a ledger held when it was read must be
 * there once, with its amount; nothing else may be.
 */
final class FlowCheck {
  private static final Pattern FLOW =
      Pattern.compile("okx_flow_amount\\{(.*),user=\"user(\\d+)\"} (\\S+)");

  private static final Pattern READ =
      Pattern.compile(
          "okx_ledger_last_success_timestamp_seconds\\{ledger=\"funding\",user=\"user(\\d+)\"} (\\S+)");

  private final Plan plan;
  private final FaultyLedgers ledgers;
  private long flows;
  private long missed;
  private long wrong;

  FlowCheck(Plan plan, FaultyLedgers ledgers) {
    this.plan = plan;
    this.ledgers = ledgers;
  }

  void check(String metrics, long millis) {
    Map<Integer, Map<String, Double>> shown = new HashMap<>();
    Map<Integer, Long> read = new HashMap<>();
    metrics.lines().forEach(line -> add(line, shown, read));
    for (int user = 0; user < plan.users(); user++) {
      long until = read.getOrDefault(user, 0L);
      boolean fresh = millis - until < plan.staleAfter().toMillis();
      check(user, shown.getOrDefault(user, Map.of()), fresh ? ledgers.readMillis(user) : 0, millis);
    }
  }

  private void add(String line, Map<Integer, Map<String, Double>> shown, Map<Integer, Long> read) {
    Matcher flow = FLOW.matcher(line);
    if (flow.matches()) {
      flows++;
      Double other =
          shown
              .computeIfAbsent(Integer.parseInt(flow.group(2)), any -> new HashMap<>())
              .put(flow.group(1), Double.parseDouble(flow.group(3)));
      wrong += other == null ? 0 : 1;
    }
    Matcher success = READ.matcher(line);
    if (success.matches()) {
      read.put(
          Integer.parseInt(success.group(1)),
          (long) (Double.parseDouble(success.group(2)) * 1_000));
    }
  }

  private void check(int user, Map<String, Double> shown, long readUntil, long millis) {
    Set<String> known = new HashSet<>();
    for (Entry entry : ledgers.entries(user)) {
      Double amount = shown.get(entry.labels());
      if (amount != null) {
        known.add(entry.labels());
        boolean right = amount == Math.abs(Double.parseDouble(entry.change()));
        wrong += right && entry.visibleMillis() <= millis ? 0 : 1;
      } else if (entry.visibleMillis() <= readUntil && isRecent(entry, millis)) {
        missed++;
      }
    }
    wrong += shown.keySet().stream().filter(labels -> !known.contains(labels)).count();
  }

  private static boolean isRecent(Entry entry, long millis) {
    return entry.millis() > millis - FlowSummary.WINDOW.toMillis();
  }

  /** Samples checked. */
  long flows() {
    return flows;
  }

  /** Flows that the ledger held when it was read, and that were not shown. */
  long missed() {
    return missed;
  }

  /** Flows that were shown twice, with another amount, or that the ledger did not hold. */
  long wrong() {
    return wrong;
  }
}
