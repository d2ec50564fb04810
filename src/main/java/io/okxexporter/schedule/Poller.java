package io.okxexporter.schedule;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.util.function.Consumer;

/** Sends one request. */
@FunctionalInterface
public interface Poller {
  /** Asks once; calls back exactly once, on any thread, within a bounded time. */
  void poll(User user, String ccy, Consumer<Outcome<Valuation>> done);
}
