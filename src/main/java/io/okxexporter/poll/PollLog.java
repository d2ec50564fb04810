package io.okxexporter.poll;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says in the log how polls go: the first failure of a kind loudly, repeats quietly, recovery once.
 * Used from one thread.
 */
public final class PollLog implements PollListener {
  private static final Logger log = LoggerFactory.getLogger(PollLog.class);

  /** By name: who is configured anew is still the same user. */
  private final Map<String, Outage> outages = new HashMap<>();

  /** A unit that OKX does not take is no outage, and must not hide the end of one. */
  private final Map<String, Outage> refusedUnits = new HashMap<>();

  /** What is wrong with a user: the units that fail now, and the kinds of failure already said. */
  private record Outage(User user, Set<String> ccys, Set<String> kinds) {
    /** How the user fails that is configured anew is to be said anew. */
    Outage of(User now) {
      return now.equals(user) ? this : new Outage(now, ccys, new HashSet<>());
    }

    /** Whether no unit that is configured fails any more, now that this one does not. */
    boolean endsWith(String ccy, User user) {
      ccys.retainAll(user.ccys());
      ccys.remove(ccy);
      return ccys.isEmpty();
    }
  }

  @Override
  public void valued(User user, String ccy, Outcome<Valuation> outcome) {
    if (outcome instanceof Failure<?> failure) {
      failed(user, ccy, failure);
    } else {
      succeeded(user, ccy);
    }
  }

  private void failed(User user, String ccy, Failure<?> failure) {
    Outage trouble = trouble(user, ccy, failure.reason());
    boolean first = trouble.kinds.add(failure.reason() + " " + failure.code());
    LoggingEventBuilder line = about(first ? log.atWarn() : log.atDebug(), user);
    line = line.addKeyValue("ccy", ccy).addKeyValue("reason", failure.reason().label());
    if (failure.code() != null) {
      line = line.addKeyValue("code", failure.code());
    }
    line.addKeyValue("detail", failure.detail())
        .addKeyValue("remedy", failure.reason().remedy(failure.code()))
        .log("valuation request failed");
  }

  private Outage trouble(User user, String ccy, Reason reason) {
    if (reason != Reason.BAD_REQUEST) {
      return trouble(outages, user, ccy);
    }
    Outage outage = outages.get(user.displayName());
    if (outage != null) {
      outage.ccys.remove(ccy);
    }
    return trouble(refusedUnits, user, ccy);
  }

  private static Outage trouble(Map<String, Outage> troubles, User user, String ccy) {
    Outage none = new Outage(user, new HashSet<>(), new HashSet<>());
    Outage trouble = troubles.getOrDefault(user.displayName(), none).of(user);
    troubles.put(user.displayName(), trouble);
    trouble.ccys.add(ccy);
    return trouble;
  }

  private void succeeded(User user, String ccy) {
    ends(outages, user, ccy, "valuation requests recovered");
    ends(refusedUnits, user, ccy, "all units accepted again");
  }

  private static void ends(Map<String, Outage> troubles, User user, String ccy, String said) {
    Outage trouble = troubles.get(user.displayName());
    if (trouble != null && trouble.endsWith(ccy, user)) {
      troubles.remove(user.displayName());
      about(log.atInfo(), user).log(said);
    }
  }

  /** Names the user where it has a name. */
  public static LoggingEventBuilder about(LoggingEventBuilder line, User user) {
    return user.name() == null ? line : line.addKeyValue("user", user.name());
  }
}
