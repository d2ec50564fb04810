package io.okxexporter.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Which entries of a ledger a request wants.
 *
 * @param after only entries with an earlier time in milliseconds, or with a smaller id
 * @param before only entries with a later time in milliseconds, or with a greater id
 * @param limit how many of them at most
 */
record Paging(long after, long before, int limit) {
  private static final int MAX_LIMIT = 100;

  /** Reads OKX's parameters; empty if one of them is not a number, or the limit not positive. */
  static Optional<Paging> of(SimulatedRequest request) {
    try {
      Paging paging =
          new Paging(
              number(request, "after", Long.MAX_VALUE),
              number(request, "before", Long.MIN_VALUE),
              (int) Math.min(MAX_LIMIT, number(request, "limit", MAX_LIMIT)));
      return Optional.of(paging).filter(it -> it.limit > 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static long number(SimulatedRequest request, String parameter, long otherwise) {
    return request.parameter(parameter).map(Long::parseLong).orElse(otherwise);
  }

  /**
   * Returns the page of a ledger that is sorted, newest first.
   *
   * @param position the time or the id of an entry
   */
  <T> List<T> page(List<T> newestFirst, ToLongFunction<T> position) {
    return newestFirst.stream()
        .filter(entry -> position.applyAsLong(entry) < after)
        .filter(entry -> position.applyAsLong(entry) > before)
        .limit(limit)
        .toList();
  }
}
