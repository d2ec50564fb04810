package io.okxexporter.ledger;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.User;
import io.okxexporter.poll.BackgroundRequests;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.RequestLimiter.Purpose;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests index prices from the host of the first user: every minute while money flowed or is
 * being withdrawn, otherwise every ten. Used on the timer's thread.
 */
final class IndexPrices {
  private static final long WANTED = Duration.ofMinutes(1).toNanos();
  private static final long IDLE = Duration.ofMinutes(10).toNanos();

  private final LedgerSource source;
  private final BackgroundRequests requests;
  private final List<PollListener> pollListeners;
  private final BooleanSupplier wanted;
  private @Nullable User user;
  private long last = -IDLE;
  private boolean started;
  private boolean underWay;

  /**
   * @param wanted whether money flowed or is being withdrawn
   */
  IndexPrices(
      LedgerSource source,
      BackgroundRequests requests,
      List<PollListener> pollListeners,
      BooleanSupplier wanted) {
    this.source = source;
    this.requests = requests;
    this.pollListeners = pollListeners;
    this.wanted = wanted;
  }

  /** Requests prices as long as there is a user. */
  void update(List<User> users) {
    user = users.isEmpty() ? null : users.get(0);
    if (!started) {
      started = true;
      tick();
    }
  }

  /** Looks every minute whether prices are due, as a flow may have come meanwhile. */
  private void tick() {
    User current = user;
    boolean due = wanted.getAsBoolean() || requests.now() - last >= IDLE;
    if (current != null && due && !underWay) {
      underWay = true;
      request(current);
    }
    requests.later(WANTED, this::tick);
  }

  private void request(User current) {
    requests.<Map<String, BigDecimal>>send(
        Purpose.LEDGER,
        Endpoint.INDEX_TICKERS,
        () -> true,
        () -> pollListeners.forEach(it -> it.sent(Endpoint.INDEX_TICKERS)),
        done -> source.okx().indexPrices(current.baseUrl(), current.proxy(), done),
        prices -> {
          underWay = false;
          last = prices instanceof Success ? requests.now() : last;
          source.listeners().forEach(it -> it.priced(prices));
        });
  }
}
