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
 * The simulated exchange with faults, a clock offset, maintenance and ledgers set by a test, and a
 * count of arrivals. Thread-safe.
 *
 * <p>A carrier calls {@link #plan} when a request is sent, and delays it for {@code delayBefore}.
 * It then calls {@link #respond} for its arrival <em>whatever the reaction</em>, and carries out
 * the reaction after {@code delayAfter}.
 */
public final class ScriptedExchange {
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;

  private final SimulatedExchange exchange;
  private final Map<String, SimulatedUser> usersByKey;
  private final Map<Endpoint, Arrivals> arrivals = new EnumMap<>(Endpoint.class);
  private final ScriptedLedgers ledgers = new ScriptedLedgers();
  private Duration clockOffset = Duration.ZERO;
  private List<SimulatedMaintenance> maintenance = List.of();
  private Script script = Script.NONE;

  /** Takes the parameters of {@link SimulatedExchange}; without faults at first. */
  public ScriptedExchange(List<SimulatedUser> users, long seed, Instant start) {
    exchange = new SimulatedExchange(users, seed, start);
    usersByKey =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(RequestAuthenticator::key, user -> user));
  }

  /** Treats requests by the script from now on. */
  public synchronized void script(Script script) {
    this.script = script;
  }

  /** Sets the clock of the exchange ahead of the carrier's by the offset from now on. */
  public synchronized void clockOffset(Duration offset) {
    this.clockOffset = offset;
  }

  /** Announces this maintenance in every region from now on; none at first. */
  public synchronized void maintenance(List<SimulatedMaintenance> windows) {
    this.maintenance = List.copyOf(windows);
  }

  /** The ledgers that a test writes; none at first. */
  public ScriptedLedgers ledgers() {
    return ledgers;
  }

  /** Returns how to treat a request that is sent now; called once for each. */
  public synchronized Behaviour plan(SimulatedRequest request) {
    return script.next(request);
  }

  /**
   * Returns the response of {@link SimulatedExchange#respond}, or the maintenance on its endpoint,
   * or what the ledger of a test says.
   */
  public synchronized SimulatedResponse respond(
      long arrivalNanos, Instant arrival, SimulatedRequest request) {
    Instant now = arrival.plus(clockOffset);
    SimulatedResponse response = exchange.respond(arrivalNanos, now, request);
    boolean tooEarly = response.status() == TOO_MANY_REQUESTS;
    count(arrivalNanos, request, tooEarly);
    if (response.status() == OK) {
      return known(request)
          .flatMap(user -> ledgers.respond(user.uid(), request, now))
          .orElseGet(() -> announced(request, response));
    }
    return response;
  }

  private SimulatedResponse announced(SimulatedRequest request, SimulatedResponse response) {
    boolean announces = request.path().equals(Endpoint.SYSTEM_STATUS.path());
    return announces && !maintenance.isEmpty()
        ? SimulatedMaintenance.response(maintenance, request.parameter("state"))
        : response;
  }

  /** Valuation requests of known keys that have arrived, rejected ones included. */
  public long arrivals() {
    return arrivals(Endpoint.ASSET_VALUATION);
  }

  /** Requests that have arrived at the endpoint, of known keys where it needs one. */
  public synchronized long arrivals(Endpoint endpoint) {
    return at(endpoint).count();
  }

  /** Valuation requests of the User ID that have arrived, rejected ones included. */
  public synchronized long arrivals(String uid) {
    return at(Endpoint.ASSET_VALUATION).count(uid);
  }

  /** Valuation requests that broke the rate limit. */
  public long violations() {
    return violations(Endpoint.ASSET_VALUATION);
  }

  /** Requests that broke the rate limit of the endpoint. */
  public synchronized long violations(Endpoint endpoint) {
    return at(endpoint).rejected();
  }

  /** The least time between two valuation requests of one User ID; empty before a second one. */
  public synchronized Optional<Duration> smallestGap() {
    return at(Endpoint.ASSET_VALUATION).smallestGap();
  }

  private void count(long nanos, SimulatedRequest request, boolean tooEarly) {
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint.path().equals(request.path())) {
        client(endpoint, request).ifPresent(client -> at(endpoint).add(client, nanos, tooEarly));
      }
    }
  }

  /** Returns the User ID, if the region's hosts know the key; a constant where no key is needed. */
  private Optional<String> client(Endpoint endpoint, SimulatedRequest request) {
    return switch (endpoint) {
      case PUBLIC_TIME, SYSTEM_STATUS, INDEX_TICKERS -> Optional.of("anybody");
      case ACCOUNT_CONFIG,
          ASSET_VALUATION,
          ASSET_BILLS,
          ACCOUNT_BILLS,
          SUB_ACCOUNT_BILLS,
          WITHDRAWAL_HISTORY,
          FIAT_WITHDRAWALS ->
          known(request)
              .filter(user -> user.settings().region() == request.region())
              .map(SimulatedUser::uid);
    };
  }

  private Optional<SimulatedUser> known(SimulatedRequest request) {
    return request.header("ok-access-key").map(usersByKey::get);
  }

  private Arrivals at(Endpoint endpoint) {
    return arrivals.computeIfAbsent(endpoint, any -> new Arrivals());
  }
}
