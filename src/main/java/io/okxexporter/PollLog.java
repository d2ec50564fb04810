package io.okxexporter;

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
final class PollLog {
  private static final Logger log = LoggerFactory.getLogger(PollLog.class);

  /** By name: who is configured anew is still the same user. */
  private final Map<String, Trouble> troubles = new HashMap<>();

  /** What is wrong with a user: the units that fail now, and the kinds of failure already said. */
  private record Trouble(User user, Set<String> ccys, Set<String> kinds) {
    /** How the user fails that is configured anew is to be said anew. */
    Trouble of(User now) {
      return now.equals(user) ? this : new Trouble(now, ccys, new HashSet<>());
    }

    /** Whether no unit that is configured fails any more, now that this one does not. */
    boolean endsWith(String ccy, User user) {
      boolean lasted = !ccys.isEmpty();
      ccys.retainAll(user.ccys());
      ccys.remove(ccy);
      return lasted && ccys.isEmpty();
    }
  }

  void finished(User user, String ccy, Outcome<Valuation> outcome) {
    if (outcome instanceof Failure<?> failure) {
      failed(user, ccy, failure);
    } else {
      succeeded(user, ccy);
    }
  }

  private void failed(User user, String ccy, Failure<?> failure) {
    Trouble trouble =
        troubles
            .getOrDefault(user.displayName(), new Trouble(user, new HashSet<>(), new HashSet<>()))
            .of(user);
    troubles.put(user.displayName(), trouble);
    if (failure.reason() != Reason.BAD_REQUEST) {
      // A unit that OKX does not take is no outage, and must not hide the end of one.
      trouble.ccys.add(ccy);
    }
    boolean first = trouble.kinds.add(failure.reason() + " " + failure.code());
    LoggingEventBuilder line = about(first ? log.atWarn() : log.atDebug(), user);
    line = line.addKeyValue("ccy", ccy).addKeyValue("reason", failure.reason().label());
    if (failure.code() != null) {
      line = line.addKeyValue("code", failure.code());
    }
    line.addKeyValue("detail", failure.detail())
        .addKeyValue("hint", failure.reason().hint(failure.code()))
        .log("OKX did not tell the valuation");
  }

  private void succeeded(User user, String ccy) {
    Trouble trouble = troubles.get(user.displayName());
    if (trouble != null && trouble.endsWith(ccy, user)) {
      trouble.kinds.removeIf(kind -> !kind.startsWith(Reason.BAD_REQUEST.name()));
      about(log.atInfo(), user).log("OKX tells the valuation again");
    }
  }

  /** Names the user where it has a name. */
  static LoggingEventBuilder about(LoggingEventBuilder line, User user) {
    return user.name() == null ? line : line.addKeyValue("user", user.name());
  }
}
