package io.okxexporter.ledger;

import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.poll.PollLog;
import java.util.HashSet;
import java.util.Set;
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

  private final Set<Failing> failing = new HashSet<>();

  private record Failing(String user, LedgerName ledger) {}

  @Override
  public void read(User user, LedgerName ledger, @Nullable Failure<?> failure) {
    Failing key = new Failing(user.displayName(), ledger);
    if (failure != null) {
      failed(user, ledger, failure, failing.add(key));
    } else if (failing.remove(key)) {
      PollLog.about(log.atInfo(), user)
          .addKeyValue("ledger", ledger.label())
          .log("ledger can be read again");
    }
  }

  private static void failed(User user, LedgerName ledger, Failure<?> failure, boolean first) {
    LoggingEventBuilder line =
        PollLog.about(first ? log.atInfo() : log.atDebug(), user)
            .addKeyValue("ledger", ledger.label())
            .addKeyValue("reason", failure.reason().label());
    if (failure.code() != null) {
      line = line.addKeyValue("code", failure.code());
    }
    line = line.addKeyValue("detail", failure.detail());
    if (failure.reason() == Reason.RATE_LIMITED) {
      line = line.addKeyValue("remedy", SHARED);
    }
    line.log("ledger could not be read; flows of this user may be unknown");
  }

  @Override
  public void forgotten(User user) {
    failing.removeIf(key -> key.user().equals(user.displayName()));
  }
}
