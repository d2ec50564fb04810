package io.okxexporter.poll;

import io.okxexporter.model.User;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Carries the waits of replaced budgets over to their successors, so that a reload does not forget
 * when a User ID's last request was.
 */
final class BudgetHandover {
  private final Map<Object, Set<Budget>> leaving = new HashMap<>();

  private BudgetHandover() {}

  /**
   * @param leaving budgets with no request in flight
   */
  static BudgetHandover of(List<Budget> leaving) {
    BudgetHandover handover = new BudgetHandover();
    for (Budget budget : leaving) {
      budget.users().stream()
          .flatMap(BudgetHandover::identities)
          .forEach(id -> handover.leaving.computeIfAbsent(id, k -> new HashSet<>()).add(budget));
    }
    return handover;
  }

  /** If two users share any of these, they may be one User ID at OKX. */
  private static Stream<Object> identities(User user) {
    return Stream.of(
        Map.entry("name", user.displayName()), user.credentials().apiKey(), user.rateLimitGroup());
  }

  /**
   * Makes each new budget wait as long as its predecessors, and keeps joined users together.
   *
   * @param join makes two users share a budget that already turned out to be one User ID
   */
  void handOver(List<Budget> entered, BiConsumer<User, User> join) {
    List<User> users = entered.stream().flatMap(budget -> budget.users().stream()).toList();
    // Before any join: a budget taken over by another can no longer be made to wait.
    for (Budget budget : entered) {
      budget.users().forEach(user -> predecessors(user).forEach(budget::waitFor));
    }
    Map<Budget, User> successors = new HashMap<>();
    for (User user : users) {
      for (Budget old : predecessors(user)) {
        User first = successors.putIfAbsent(old, user);
        if (first != null && old.wasJoined()) {
          join.accept(first, user);
        }
      }
    }
  }

  private Set<Budget> predecessors(User user) {
    Set<Budget> predecessors = new HashSet<>();
    identities(user).forEach(id -> predecessors.addAll(leaving.getOrDefault(id, Set.of())));
    return predecessors;
  }
}
