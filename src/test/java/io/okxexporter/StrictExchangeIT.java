package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.okx.OkHttpTransport;
import io.okxexporter.okx.Transport;
import io.okxexporter.poll.ExecutorTimer;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A minute at full rate over real HTTP: no request is ever too early, whatever the network does.
 */
class StrictExchangeIT {
  private static final int USERS = 50;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration CALL_TIMEOUT = Duration.ofMillis(1200);
  private static final int MAX_DELAY_MS = 300;
  private static final int MAX_LATE_MS = 1000;
  private static final List<String> UNITS = List.of("USDT", "BTC", "USD", "EUR", "JPY");

  /** Injects faults, and signals the end of the minute. */
  private static final class FaultyMinute implements Script {
    private final Random random = new Random(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final long end = System.nanoTime() + MINUTE.toNanos();

    @Override
    public Behaviour next(SimulatedRequest request) {
      if (System.nanoTime() > end) {
        over.countDown();
      }
      return switch (random.nextInt(160)) {
        case 0, 1, 2 -> late();
        case 3 -> delayed(new Reaction.Stall());
        case 4, 5 -> delayed(new Reaction.Reset());
        case 6 -> delayed(response(429, "{\"code\":\"50011\"}"));
        case 7 -> delayed(response(200, "{\"code\":\"50011\"}"));
        case 8, 9 -> delayed(response(503, ""));
        case 10 -> delayed(response(408, ""));
        case 11 -> delayed(response(421, ""));
        case 12 -> delayed(new Reaction.Truncated(20));
        default -> delayed(new Reaction.Normal());
      };
    }

    /** Arrives up to a gap after the caller gave up. */
    private Behaviour late() {
      Duration before = CALL_TIMEOUT.plusMillis(random.nextInt(MAX_LATE_MS));
      return new Behaviour(before, Duration.ZERO, new Reaction.Normal());
    }

    private Behaviour delayed(Reaction reaction) {
      return new Behaviour(
          Duration.ofMillis(random.nextInt(MAX_DELAY_MS)),
          Duration.ofMillis(random.nextInt(MAX_DELAY_MS)),
          reaction);
    }

    /** Responds with a header that tempts clients to resend at once. */
    private static Reaction response(int status, String body) {
      return new Reaction.Answer(
          new SimulatedResponse(status, Map.of("Retry-After", "0"), body.getBytes(UTF_8)));
    }
  }

  @Test
  void a_minute_of_faults_over_http_makes_no_request_too_early() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(USERS);
        ExecutorTimer timer = new ExecutorTimer("schedule");
        OkHttpTransport transport = transport()) {
      FaultyMinute script = new FaultyMinute();
      exchange.exchange.script(script);
      try (Exporter exporter = exporter(exchange, timer, transport)) {
        exporter.start();
        assertThat(script.over.await(2 * MINUTE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(exchange.exchange.violations()).isZero();
        assertThat(exchange.exchange.arrivals()).isGreaterThan(1_500);
        assertThat(exchange.exchange.smallestGap())
            .hasValueSatisfying(gap -> assertThat(gap).isGreaterThan(Duration.ofSeconds(1)));
        assertEveryKindOfFaultWasMet(exporter);
      }
    }
  }

  private static OkHttpTransport transport() {
    return new OkHttpTransport(
        new Transport.Timeouts(CALL_TIMEOUT, CALL_TIMEOUT),
        USERS,
        Clock.system(),
        new SimpleMeterRegistry());
  }

  private static Exporter exporter(
      LocalExchange exchange, ExecutorTimer timer, OkHttpTransport transport) {
    List<User> users =
        exchange.users().stream().map(user -> Users.at(exchange.url(), user, UNITS)).toList();
    return Exporters.of(
        Users.config(Duration.ofSeconds(1), false, users),
        new Exporter.Ports(Clock.system(), timer, transport),
        new Random(2));
  }

  private static void assertEveryKindOfFaultWasMet(Exporter exporter) {
    for (Reason reason :
        List.of(
            Reason.TIMEOUT,
            Reason.NETWORK,
            Reason.RATE_LIMITED,
            Reason.UNAVAILABLE,
            Reason.UNKNOWN)) {
      assertThat(count(exporter, reason)).as(reason.label()).isPositive();
    }
  }

  private static long count(Exporter exporter, Reason reason) {
    return exporter.view().users().stream()
        .flatMap(user -> user.requests().byEndpoint().values().stream())
        .mapToLong(counts -> counts.failures().getOrDefault(reason, 0L))
        .sum();
  }
}
