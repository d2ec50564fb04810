package io.okxexporter.simulator;

import io.okxexporter.model.Endpoint;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A simulated OKX: it checks keys and signatures as OKX does, enforces the rate limits strictly
 * (sliding windows by arrival, per User ID), and values invented portfolios at invented prices. It
 * has no clock, no thread and no network: the caller supplies the time of arrival, the region and
 * the address of each request. Thread-safe.
 */
public final class SimulatedExchange {
  private final List<SimulatedUser> users;
  private final Map<String, SimulatedUser> usersByKey;
  private final SimulatedValuations valuations;
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
    this.valuations = new SimulatedValuations(seed, start);
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
    Optional<Endpoint> endpoint = endpoint(request.path());
    if (endpoint.isEmpty()) {
      return ErrorResponse.NOT_FOUND.response(request);
    }
    if (!request.method().equals("GET")) {
      return ErrorResponse.METHOD_NOT_ALLOWED.response(request);
    }
    return dispatch(endpoint.get(), arrivalNanos, arrival, request);
  }

  private static Optional<Endpoint> endpoint(String path) {
    return Arrays.stream(Endpoint.values())
        .filter(endpoint -> endpoint.path().equals(path))
        .findFirst();
  }

  private SimulatedResponse dispatch(
      Endpoint endpoint, long arrivalNanos, Instant now, SimulatedRequest request) {
    return switch (endpoint) {
      case PUBLIC_TIME ->
          respondPublicly(endpoint, arrivalNanos, request, SuccessResponses.time(now));
      case SYSTEM_STATUS ->
          respondPublicly(endpoint, arrivalNanos, request, SuccessResponses.status());
      case ACCOUNT_CONFIG ->
          respondToUser(endpoint, arrivalNanos, now, request, SuccessResponses::config);
      case ASSET_VALUATION ->
          respondToUser(
              endpoint, arrivalNanos, now, request, user -> valuation(user, now, request));
      case ASSET_BILLS, WITHDRAWAL_HISTORY, FIAT_WITHDRAWALS, INDEX_TICKERS ->
          ErrorResponse.NOT_FOUND.response(request);
    };
  }

  /** Limits requests per address, separately in each region. */
  private SimulatedResponse respondPublicly(
      Endpoint endpoint, long arrivalNanos, SimulatedRequest request, SimulatedResponse success) {
    return limits.admit(endpoint, request.region() + " " + request.address(), arrivalNanos)
        ? success
        : ErrorResponse.RATE_LIMITED.response(request);
  }

  private SimulatedResponse respondToUser(
      Endpoint endpoint,
      long arrivalNanos,
      Instant now,
      SimulatedRequest request,
      Function<SimulatedUser, SimulatedResponse> success) {
    Optional<String> key = request.header("ok-access-key");
    if (key.isEmpty()) {
      return ErrorResponse.NO_KEY.response(request);
    }
    SimulatedUser user = usersByKey.get(key.get());
    if (user == null) {
      return ErrorResponse.UNKNOWN_KEY.response(request);
    }
    return error(endpoint, user, arrivalNanos, now, request)
        .map(error -> error.response(request))
        .orElseGet(() -> success.apply(user));
  }

  /** Applies the limit right after the key lookup: the arrival counts whatever else is wrong. */
  private Optional<ErrorResponse> error(
      Endpoint endpoint,
      SimulatedUser user,
      long arrivalNanos,
      Instant now,
      SimulatedRequest request) {
    if (user.settings().region() != request.region()) {
      return Optional.of(ErrorResponse.KEY_OF_ANOTHER_REGION);
    }
    return limits.admit(endpoint, user.uid(), arrivalNanos)
        ? RequestAuthenticator.check(user, now, request)
        : Optional.of(ErrorResponse.RATE_LIMITED);
  }

  private SimulatedResponse valuation(SimulatedUser user, Instant now, SimulatedRequest request) {
    String ccy = request.parameter("ccy").orElse("BTC");
    return Market.isUnit(ccy)
        ? valuations.of(user.uid(), ccy, now)
        : ErrorResponse.BAD_CCY.response(request);
  }
}
