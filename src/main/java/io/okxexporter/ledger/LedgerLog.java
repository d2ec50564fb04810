package io.okxexporter.ledger;

import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.poll.PollLog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs when a ledger cannot be read, and when it can be again. Not thread-safe; used from one
 * thread.
 */
public final class LedgerLog implements LedgerListener {
  private static final Logger log = LoggerFactory.getLogger(LedgerLog.class);

  private static final String SHARED =
      "another program with this User ID reads the same ledger; the exporter reads it again later";

  private final Map<Failing, Reason> failing = new HashMap<>();

  private record Failing(String user, LedgerName ledger) {}

  @Override
  public void read(User user, LedgerName ledger, @Nullable Failure<?> failure) {
    Failing key = new Failing(user.displayName(), ledger);
    if (failure != null) {
      failed(user, ledger, failure, failing.put(key, failure.reason()) != failure.reason());
    } else if (failing.remove(key) != null) {
      PollLog.about(log.atInfo(), user)
          .addKeyValue("ledger", ledger.label())
          .log("ledger can be read again");
    }
  }

  private static void failed(User user, LedgerName ledger, Failure<?> failure, boolean first) {
    LoggingEventBuilder line =
        PollLog.about(first ? loud(ledger, failure) : log.atDebug(), user)
            .addKeyValue("ledger", ledger.label())
            .addKeyValue("reason", failure.reason().label());
    if (failure.code() != null) {
      line = line.addKeyValue("code", failure.code());
    }
    line = line.addKeyValue("detail", failure.detail());
    if (failure.reason() == Reason.RATE_LIMITED) {
      line = line.addKeyValue("remedy", SHARED);
    }
    line.log("ledger could not be read");
  }

  /** What OKX does not offer is no fault. */
  private static LoggingEventBuilder loud(LedgerName ledger, Failure<?> failure) {
    boolean notOffered = failure.code() != null && LedgerName.isNotOffered(failure.reason());
    return notOffered || ledger == LedgerName.FIAT ? log.atInfo() : log.atWarn();
  }

  @Override
  public void stopped(User user, LedgerName ledger) {
    failing.remove(new Failing(user.displayName(), ledger));
  }

  @Override
  public void forgotten(User user) {
    failing.keySet().removeIf(key -> key.user().equals(user.displayName()));
  }
}
