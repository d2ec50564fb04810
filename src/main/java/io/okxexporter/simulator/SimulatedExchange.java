package io.okxexporter.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A simulated OKX: it checks keys and signatures as OKX does, enforces the rate limits strictly
 * (sliding windows by arrival, per User ID), values invented portfolios at invented prices, and
 * shows the ledgers of what happens to them. It has no clock, no thread and no network: the caller
 * supplies the time of arrival, the region and the address of each request. Thread-safe.
 */
public final class SimulatedExchange {
  private final List<SimulatedUser> users;
  private final Map<String, SimulatedUser> usersByKey;
  private final SimulatedValuations valuations;
  private final SimulatedLedgers ledgers;
  private final RateLimits limits = new RateLimits();

  /**
   * @param users the users with valid keys; no two with the same key
   * @param seed determines every value; the same seed, start and instant give the same values
   * @param start when prices and portfolios begin to move
   */
  public SimulatedExchange(List<SimulatedUser> users, long seed, Instant start) {
    this.users = List.copyOf(users);
    this.usersByKey =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(RequestAuthenticator::key, user -> user));
    Portfolios portfolios = new Portfolios(seed, start.toEpochMilli(), users);
    this.valuations = new SimulatedValuations(seed, start, portfolios);
    this.ledgers = new SimulatedLedgers(portfolios);
  }

  /** All users with a key. */
  List<SimulatedUser> users() {
    return users;
  }

  /**
   * Handles a request, and responds as OKX does.
   *
   * @param arrivalNanos the time of arrival, monotonic and of any origin
   * @param arrival the time of arrival by the caller's wall clock
   */
  public synchronized SimulatedResponse respond(
      long arrivalNanos, Instant arrival, SimulatedRequest request) {
    Optional<SimulatedRoute> route = SimulatedRoute.of(request.path());
    if (route.isEmpty()) {
      return ErrorResponse.NOT_FOUND.response(request);
    }
    if (!request.method().equals("GET")) {
      return ErrorResponse.METHOD_NOT_ALLOWED.response(request);
    }
    return dispatch(new Arrival(route.get(), arrivalNanos, arrival, request));
  }

  private SimulatedResponse dispatch(Arrival it) {
    return switch (it.route) {
      case PUBLIC_TIME -> respondPublicly(it, () -> SuccessResponses.time(it.now));
      case SYSTEM_STATUS -> respondPublicly(it, SuccessResponses::status);
      case INDEX_TICKERS -> respondPublicly(it, () -> indexTickers(it));
      case ACCOUNT_CONFIG -> respondToUser(it, SuccessResponses::config);
      case ASSET_VALUATION -> respondToUser(it, user -> valuation(user, it));
      case ASSET_BILLS -> respondToUser(it, user -> ledgers.bills(user, it.now, it.request));
      case ACCOUNT_BILLS ->
          respondToUser(it, user -> ledgers.tradingBills(user, it.now, it.request));
      case SUB_ACCOUNT_BILLS ->
          respondToUser(it, user -> ledgers.subAccountBills(user, it.now, it.request));
      case WITHDRAWAL_HISTORY ->
          respondToUser(it, user -> ledgers.withdrawals(user, it.now, it.request));
      case DEPOSIT_HISTORY -> respondToUser(it, user -> ledgers.deposits(user, it.now, it.request));
      case FIAT_WITHDRAWALS -> respondToUser(it, user -> SuccessResponses.data(""));
      case ASSET_BALANCES -> respondToUser(it, user -> ledgers.balances(user, it.now, it.request));
      case ACCOUNT_BALANCE -> respondToUser(it, user -> tradingBalance(user, it));
    };
  }

  /** Limits requests per address, separately in each region. */
  private SimulatedResponse respondPublicly(Arrival it, Supplier<SimulatedResponse> success) {
    String client = it.request.region() + " " + it.request.address();
    return limits.admit(it.route, client, it.nanos)
        ? success.get()
        : ErrorResponse.RATE_LIMITED.response(it.request);
  }

  private SimulatedResponse respondToUser(
      Arrival it, Function<SimulatedUser, SimulatedResponse> success) {
    Optional<String> key = it.request.header("ok-access-key");
    if (key.isEmpty()) {
      return ErrorResponse.NO_KEY.response(it.request);
    }
    SimulatedUser user = usersByKey.get(key.get());
    if (user == null) {
      return ErrorResponse.UNKNOWN_KEY.response(it.request);
    }
    return error(user, it)
        .map(error -> error.response(it.request))
        .orElseGet(() -> success.apply(user));
  }

  /** Applies the limit right after the key lookup: the arrival counts whatever else is wrong. */
  private Optional<ErrorResponse> error(SimulatedUser user, Arrival it) {
    if (user.settings().region() != it.request.region()) {
      return Optional.of(ErrorResponse.KEY_OF_ANOTHER_REGION);
    }
    return limits.admit(it.route, user.uid(), it.nanos)
        ? RequestAuthenticator.check(user, it.now, it.request)
        : Optional.of(ErrorResponse.RATE_LIMITED);
  }

  private SimulatedResponse valuation(SimulatedUser user, Arrival it) {
    String ccy = it.request.parameter("ccy").orElse("BTC");
    return Market.isUnit(ccy)
        ? valuations.of(user.uid(), ccy, it.now)
        : ErrorResponse.BAD_CCY.response(it.request);
  }

  private SimulatedResponse indexTickers(Arrival it) {
    String quoteCcy = it.request.parameter("quoteCcy").orElse("");
    return Market.isUnit(quoteCcy)
        ? valuations.indexTickers(quoteCcy, it.now)
        : ErrorResponse.BAD_CCY.response(it.request);
  }

  private SimulatedResponse tradingBalance(SimulatedUser user, Arrival it) {
    return valuations.tradingBalance(
        ledgers.amounts(user, Account.TRADING, it.now, it.request), it.now);
  }

  /** A request to one of the routes, and the time of its arrival by both clocks. */
  private record Arrival(SimulatedRoute route, long nanos, Instant now, SimulatedRequest request) {}
}
