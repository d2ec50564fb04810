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
 * An OKX of our own: it checks keys and signatures as OKX does, enforces the rate limits strictly
 * (sliding windows by arrival, per User ID), and values invented portfolios at invented prices. It
 * has no clock, no thread and no network: whoever carries a request to it says when it arrived, at
 * which region's host and from where. Safe for use by many threads.
 */
public final class SimulatedExchange {
  private final List<SimulatedUser> users;
  private final Map<String, SimulatedUser> usersByKey;
  private final Valuations valuations;
  private final RateLimits limits = new RateLimits();

  /**
   * @param users whose keys are valid; no two with the same key
   * @param seed decides every value; the same seed, start and instant give the same values
   * @param start when prices and portfolios begin to move
   */
  public SimulatedExchange(List<SimulatedUser> users, long seed, Instant start) {
    this.users = List.copyOf(users);
    this.usersByKey =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(RequestAuthenticator::key, user -> user));
    this.valuations = new Valuations(seed, start);
  }

  /** Everybody who has a key here. */
  List<SimulatedUser> users() {
    return users;
  }

  /**
   * Takes a request in, and answers as OKX does.
   *
   * @param arrivalNanos when it arrived, by monotonic time of any origin
   * @param arrival when it arrived, by the carrier's wall clock
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
    return answer(endpoint.get(), arrivalNanos, arrival, request);
  }

  private static Optional<Endpoint> endpoint(String path) {
    return Arrays.stream(Endpoint.values())
        .filter(endpoint -> endpoint.path().equals(path))
        .findFirst();
  }

  private SimulatedResponse answer(
      Endpoint endpoint, long arrivalNanos, Instant now, SimulatedRequest request) {
    return switch (endpoint) {
      case PUBLIC_TIME -> toAnybody(endpoint, arrivalNanos, request, SuccessResponses.time(now));
      case SYSTEM_STATUS -> toAnybody(endpoint, arrivalNanos, request, SuccessResponses.status());
      case ACCOUNT_CONFIG -> toUser(endpoint, arrivalNanos, now, request, SuccessResponses::config);
      case ASSET_VALUATION ->
          toUser(endpoint, arrivalNanos, now, request, user -> valuation(user, now, request));
    };
  }

  /** Limited per address, by each region on its own. */
  private SimulatedResponse toAnybody(
      Endpoint endpoint, long arrivalNanos, SimulatedRequest request, SimulatedResponse answer) {
    return limits.admit(endpoint, request.region() + " " + request.address(), arrivalNanos)
        ? answer
        : ErrorResponse.RATE_LIMITED.response(request);
  }

  private SimulatedResponse toUser(
      Endpoint endpoint,
      long arrivalNanos,
      Instant now,
      SimulatedRequest request,
      Function<SimulatedUser, SimulatedResponse> answer) {
    Optional<String> key = request.header("ok-access-key");
    if (key.isEmpty()) {
      return ErrorResponse.NO_KEY.response(request);
    }
    SimulatedUser user = usersByKey.get(key.get());
    if (user == null) {
      return ErrorResponse.UNKNOWN_KEY.response(request);
    }
    return refusal(endpoint, user, arrivalNanos, now, request)
        .map(refusal -> refusal.response(request))
        .orElseGet(() -> answer.apply(user));
  }

  /** The limit comes right after the key: whatever else is wrong, the arrival counts. */
  private Optional<ErrorResponse> refusal(
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
