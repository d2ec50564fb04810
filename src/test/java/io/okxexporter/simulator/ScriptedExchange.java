package io.okxexporter.simulator;

import io.okxexporter.model.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The simulated exchange with faults, a wrong clock and maintenance as a test says, and a count of
 * what has arrived. Safe for use by many threads.
 *
 * <p>A carrier asks {@link #plan} when a request sets out, lets it travel for {@code delayBefore},
 * calls {@link #respond} for its arrival <em>whatever the reaction</em>, and brings back, after
 * {@code delayAfter}, what the reaction says.
 */
public final class ScriptedExchange {
  private static final int TOO_MANY_REQUESTS = 429;

  private final SimulatedExchange exchange;
  private final Map<String, SimulatedUser> usersByKey;
  private final Map<Endpoint, Arrivals> arrivals = new EnumMap<>(Endpoint.class);
  private Duration clockOffset = Duration.ZERO;
  private List<SimulatedMaintenance> maintenance = List.of();
  private Script script = Script.NONE;

  /** With those parameters of a {@link SimulatedExchange}; without faults at first. */
  public ScriptedExchange(List<SimulatedUser> users, long seed, Instant start) {
    exchange = new SimulatedExchange(users, seed, start);
    usersByKey =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(RequestAuthenticator::key, user -> user));
  }

  /** From now on, requests are treated as the script says. */
  public synchronized void script(Script script) {
    this.script = script;
  }

  /** From now on, the clock of the exchange is ahead of the carrier's by so much. */
  public synchronized void clockOffset(Duration offset) {
    this.clockOffset = offset;
  }

  /** From now on, this maintenance is announced, by every region; none at first. */
  public synchronized void maintenance(List<SimulatedMaintenance> windows) {
    this.maintenance = List.copyOf(windows);
  }

  /** How to treat a request that sets out now; to be asked once for each. */
  public synchronized Behaviour plan(SimulatedRequest request) {
    return script.next(request);
  }

  /** What {@link SimulatedExchange#respond} says, or the maintenance if that is asked for. */
  public synchronized SimulatedResponse respond(
      long arrivalNanos, Instant arrival, SimulatedRequest request) {
    SimulatedResponse answer = exchange.respond(arrivalNanos, arrival.plus(clockOffset), request);
    boolean tooEarly = answer.status() == TOO_MANY_REQUESTS;
    count(arrivalNanos, request, tooEarly);
    boolean announces = request.path().equals(Endpoint.SYSTEM_STATUS.path()) && !tooEarly;
    return announces && !maintenance.isEmpty()
        ? SimulatedMaintenance.answer(maintenance, request.parameter("state"))
        : answer;
  }

  /** Valuation requests of known keys that have arrived, refused ones included. */
  public long arrivals() {
    return arrivals(Endpoint.ASSET_VALUATION);
  }

  /** Requests that have arrived at that endpoint, of known keys where it needs one. */
  public synchronized long arrivals(Endpoint endpoint) {
    return at(endpoint).count();
  }

  /** Valuation requests of that User ID that have arrived, refused ones included. */
  public synchronized long arrivals(String uid) {
    return at(Endpoint.ASSET_VALUATION).count(uid);
  }

  /** Valuation requests that broke the rate limit. */
  public long violations() {
    return violations(Endpoint.ASSET_VALUATION);
  }

  /** Requests that broke the rate limit of that endpoint. */
  public synchronized long violations(Endpoint endpoint) {
    return at(endpoint).refused();
  }

  /**
   * The least time between two valuation requests of one User ID; empty before anybody sent two.
   */
  public synchronized Optional<Duration> smallestGap() {
    return at(Endpoint.ASSET_VALUATION).smallestGap();
  }

  private void count(long nanos, SimulatedRequest request, boolean tooEarly) {
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint.path().equals(request.path())) {
        who(endpoint, request).ifPresent(who -> at(endpoint).add(who, nanos, tooEarly));
      }
    }
  }

  /** The User ID, if that region's hosts know the key; where no key is needed, anybody. */
  private Optional<String> who(Endpoint endpoint, SimulatedRequest request) {
    return switch (endpoint) {
      case PUBLIC_TIME, SYSTEM_STATUS -> Optional.of("anybody");
      case ACCOUNT_CONFIG, ASSET_VALUATION ->
          request
              .header("ok-access-key")
              .map(usersByKey::get)
              .filter(user -> user.settings().region() == request.region())
              .map(SimulatedUser::uid);
    };
  }

  private Arrivals at(Endpoint endpoint) {
    return arrivals.computeIfAbsent(endpoint, any -> new Arrivals());
  }
}
