package io.okxexporter.check;

import io.okxexporter.check.UserCheck.Findings;
import io.okxexporter.check.UserCheck.Tools;
import io.okxexporter.model.Clock;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Checks all users: those of one budget in sequence, budgets in parallel. Reports each user as
 * early as the order of the configuration allows. Runs on the thread of {@link Timer}.
 */
final class Checker {
  /** Users checked at a time, and so requests in flight. */
  static final int MAX_AT_ONCE = 32;

  private final List<User> users;
  private final Clock clock;
  private final Timer timer;
  private final Report report;
  private final Progress progress;
  private final Tools tools;
  private final Queue<UserQueue> waiting;
  private final Map<User, Findings> unreported = new HashMap<>();
  private final Map<String, User> firstOfUid = new HashMap<>();
  private final Summary summary = new Summary();
  private int reported;
  private Consumer<Summary> done = summary -> {};

  /**
   * @param skews collects the measured skews, for the signatures of {@code okx}
   * @param random generates what other regions receive instead of secrets
   */
  Checker(
      List<User> users,
      CheckOptions options,
      OkxApi okx,
      LedgerApi ledgers,
      MeasuredSkews skews,
      Clock clock,
      Timer timer,
      RandomGenerator random,
      Report report,
      Progress progress) {
    this.users = List.copyOf(users);
    this.clock = clock;
    this.timer = timer;
    this.report = report;
    this.progress = progress;
    PacedOkx paced =
        new PacedOkx(okx, clock, timer, options.maxRequestsPerSecondTotal(), MAX_AT_ONCE);
    RegionSearch regions = new RegionSearch(paced, random, progress);
    this.tools = new Tools(paced, ledgers, regions, options, skews, clock, progress);
    this.waiting = new ArrayDeque<>();
  }

  /**
   * Starts the check; calls back once, after the end of the report.
   *
   * @param process the steps of the whole process, already done
   */
  void start(List<Step> process, Consumer<Summary> done) {
    this.done = done;
    timer.schedule(
        () -> {
          progress.clear();
          report.process(process);
          summary.add(process);
          RateLimitGroup.members(users)
              .values()
              .forEach(budget -> waiting.add(new UserQueue(budget, clock, timer)));
          for (int i = 0; i < MAX_AT_ONCE; i++) {
            startQueue();
          }
        },
        Duration.ZERO);
  }

  private void startQueue() {
    UserQueue queue = waiting.poll();
    if (queue != null) {
      startUser(queue);
    }
  }

  private void startUser(UserQueue queue) {
    User user = queue.next();
    if (user == null) {
      startQueue();
      return;
    }
    new UserCheck(
            user,
            queue,
            tools,
            findings -> {
              finished(findings);
              startUser(queue);
            })
        .start();
  }

  private void finished(Findings findings) {
    unreported.put(findings.user(), findings);
    while (reported < users.size()) {
      Findings next = unreported.remove(users.get(reported));
      if (next == null) {
        return;
      }
      reported++;
      progress.clear();
      report(next);
    }
    report.end(summary);
    done.accept(summary);
  }

  private void report(Findings findings) {
    List<Step> steps = new ArrayList<>(findings.steps());
    warnOfSharedLimit(findings, steps);
    summary.add(steps);
    report.user(findings.user(), steps);
  }

  /** Warns where keys of one User ID share a limit, but not a budget. */
  private void warnOfSharedLimit(Findings findings, List<Step> steps) {
    User user = findings.user();
    if (findings.uid().isEmpty()) {
      return;
    }
    User first = firstOfUid.putIfAbsent(findings.uid(), user);
    if (first == null || first.rateLimitGroup().equals(user.rateLimitGroup())) {
      return;
    }
    steps.add(
        Step.warn(
            "User ID",
            "the same as that of user " + first.displayName() + ": they share OKX's rate limit",
            "Give both the same rate_limit_group, so that they share one budget."));
  }
}
