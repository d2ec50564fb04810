package io.okxexporter.poll;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the outcomes of polls: the first failure of a kind as a warning, its repeats at debug level,
 * a recovery once. Of users that fail and recover again and again, logs the first outages, then a
 * summary now and then, and the end. Not thread-safe; used from one thread.
 */
public final class PollLog implements PollListener {
  private static final Logger log = LoggerFactory.getLogger(PollLog.class);
  private static final String RECOVERED = "valuation requests recovered";

  /** By name, as a user stays the same when its configuration changes. */
  private final Map<String, Outage> outages = new HashMap<>();

  /** Units that OKX rejects. They are no outage and must not hide the end of one. */
  private final Map<String, Outage> rejectedUnits = new HashMap<>();

  private final Flapping flapping = new Flapping();
  private final Clock clock;

  /**
   * @param clock measures how often users fail
   */
  public PollLog(Clock clock) {
    this.clock = clock;
  }

  /** The failures of one user: the units that fail now, and the kinds of failure already logged. */
  private record Outage(User user, Set<String> ccys, Set<String> kinds) {
    /** Forgets the logged kinds if the user's configuration has changed, to log them again. */
    Outage of(User now) {
      return now.equals(user) ? this : new Outage(now, ccys, new HashSet<>());
    }

    /** Removes the unit, which no longer fails; whether no configured unit fails any more. */
    boolean endsWith(String ccy, User user) {
      ccys.retainAll(user.ccys());
      ccys.remove(ccy);
      return ccys.isEmpty();
    }
  }

  @Override
  public void valued(User user, String ccy, Outcome<Valuation> outcome) {
    settle(user);
    if (outcome instanceof Failure<?> failure) {
      failed(user, ccy, failure);
    } else {
      succeeded(user, ccy);
    }
    summarize();
  }

  /** Once the user flaps no longer, logs its recovery, or lets its failure be logged again. */
  private void settle(User user) {
    int unlogged = flapping.settle(user, clock.nanoTime());
    if (unlogged == 0) {
      return;
    }
    if (isFailing(user)) {
      Stream.of(outages, rejectedUnits)
          .map(it -> it.get(user.displayName()))
          .flatMap(Stream::ofNullable)
          .forEach(outage -> outage.kinds.clear());
    } else {
      about(log.atInfo(), user).addKeyValue("outages", unlogged).log(RECOVERED);
    }
  }

  private boolean isFailing(User user) {
    return outages.containsKey(user.displayName()) || rejectedUnits.containsKey(user.displayName());
  }

  private void summarize() {
    long now = clock.nanoTime();
    if (flapping.summaryIsDue(now)) {
      Flapping.FlapSummary summary = flapping.summary(now);
      if (summary.users() > 0) {
        logSummary(summary);
      }
    }
  }

  private static void logSummary(Flapping.FlapSummary summary) {
    log.atWarn()
        .addKeyValue("users", summary.users())
        .addKeyValue("outages", summary.outages())
        .addKeyValue("minutes", Flapping.WINDOW.toMinutes())
        .log("valuation requests keep failing and recovering; each outage is logged at debug");
  }

  private void failed(User user, String ccy, Failure<?> failure) {
    if (!isFailing(user)) {
      flapping.began(user, clock.nanoTime());
    }
    Outage outage = outage(user, ccy, failure.reason());
    boolean first = outage.kinds.add(failure.reason() + " " + failure.code());
    boolean loud = first && !flapping.mutes(user);
    LoggingEventBuilder line = about(loud ? log.atWarn() : log.atDebug(), user);
    line = line.addKeyValue("ccy", ccy).addKeyValue("reason", failure.reason().label());
    if (failure.code() != null) {
      line = line.addKeyValue("code", failure.code());
    }
    line.addKeyValue("detail", failure.detail())
        .addKeyValue("remedy", failure.remedy())
        .log("valuation request failed");
  }

  private Outage outage(User user, String ccy, Reason reason) {
    if (reason != Reason.BAD_REQUEST) {
      return outage(outages, user, ccy);
    }
    Outage outage = outages.get(user.displayName());
    if (outage != null) {
      outage.ccys.remove(ccy);
    }
    return outage(rejectedUnits, user, ccy);
  }

  private static Outage outage(Map<String, Outage> outages, User user, String ccy) {
    Outage none = new Outage(user, new HashSet<>(), new HashSet<>());
    Outage outage = outages.getOrDefault(user.displayName(), none).of(user);
    outages.put(user.displayName(), outage);
    outage.ccys.add(ccy);
    return outage;
  }

  private void succeeded(User user, String ccy) {
    logRecovery(outages, user, ccy, RECOVERED);
    logRecovery(rejectedUnits, user, ccy, "all units accepted again");
  }

  private void logRecovery(Map<String, Outage> outages, User user, String ccy, String message) {
    Outage outage = outages.get(user.displayName());
    if (outage != null && outage.endsWith(ccy, user)) {
      outages.remove(user.displayName());
      about(flapping.mutes(user) ? log.atDebug() : log.atInfo(), user).log(message);
    }
  }

  /** Adds the user's name to the log line, if it has one. */
  public static LoggingEventBuilder about(LoggingEventBuilder line, User user) {
    return user.name() == null ? line : line.addKeyValue("user", user.name());
  }
}
