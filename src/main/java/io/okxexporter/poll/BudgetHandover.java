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
 * What budgets that leave hand on to those that take their place: a reload must not be a way to
 * forget when the last request of a User ID was.
 */
final class BudgetHandover {
  private final Map<Object, Set<Budget>> leaving = new HashMap<>();

  private BudgetHandover() {}

  /** Of budgets with no request in flight. */
  static BudgetHandover of(List<Budget> leaving) {
    BudgetHandover inheritance = new BudgetHandover();
    for (Budget budget : leaving) {
      budget.users().stream()
          .flatMap(BudgetHandover::signs)
          .forEach(
              sign -> inheritance.leaving.computeIfAbsent(sign, k -> new HashSet<>()).add(budget));
    }
    return inheritance;
  }

  /** Any of these may mean that two users are one User ID at OKX. */
  private static Stream<Object> signs(User user) {
    return Stream.of(
        Map.entry("name", user.displayName()), user.credentials().apiKey(), user.rateLimitGroup());
  }

  /**
   * @param join makes two users share a budget that were found to be one User ID before
   */
  void passOn(List<Budget> entered, BiConsumer<User, User> join) {
    List<User> users = entered.stream().flatMap(budget -> budget.users().stream()).toList();
    // Before anything is joined: what is taken over by another budget cannot wait any more.
    for (Budget budget : entered) {
      budget.users().forEach(user -> predecessors(user).forEach(budget::waitAsLongAs));
    }
    Map<Budget, User> heirs = new HashMap<>();
    for (User user : users) {
      for (Budget old : predecessors(user)) {
        User first = heirs.putIfAbsent(old, user);
        if (first != null && old.wasJoined()) {
          join.accept(first, user);
        }
      }
    }
  }

  private Set<Budget> predecessors(User user) {
    Set<Budget> predecessors = new HashSet<>();
    signs(user).forEach(sign -> predecessors.addAll(leaving.getOrDefault(sign, Set.of())));
    return predecessors;
  }
}
