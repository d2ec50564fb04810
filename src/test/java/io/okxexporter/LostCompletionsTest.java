package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Metrics;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.VirtualTransport;
import io.okxexporter.fixture.World;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.SimulatedUser;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A transport that breaks its contract: completions never arrive, or arrive much too late. */
class LostCompletionsTest {
  private static final Duration LOSING = Duration.ofMinutes(30);

  /** The longest back-off plus all delays that a lost response adds. */
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  @Property(tries = 40)
  void no_user_is_stuck_no_request_is_too_early_and_each_one_is_accounted_for(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int percent) {
    Random random = new Random(seed);
    List<SimulatedUser> users = SimulatedUser.named(3, random);
    LossyTransport[] lossy = new LossyTransport[1];
    World world =
        new World(
            users,
            seed,
            Users.config(
                Duration.ofSeconds(5),
                true,
                users.stream().map(World.asking("USDT", "BTC")).toList()),
            (exchange, time) ->
                lossy[0] =
                    new LossyTransport(
                        new VirtualTransport(exchange, time), time, random, percent));
    world.time.advance(LOSING);
    lossy[0].percent = 0;
    world.time.advance(RECOVERY);

    Metrics metrics = Metrics.parse(world.metrics());
    assertThat(world.exchange.violations()).isZero();
    assertThat(lossy[0].lost).isPositive();
    assertThat(metrics.values("okx_up")).hasSize(users.size()).containsOnly(1.0);
    assertThat(metrics.sum("okx_api_requests_total")).isEqualTo(lossy[0].sent);
    assertThat(metrics.sum("okx_api_request_failures_total")).isGreaterThanOrEqualTo(lossy[0].lost);
  }

  private static final class LossyTransport implements Transport {
    private final Transport transport;
    private final VirtualTime time;
    private final Random random;
    private int percent;
    private double sent;
    private double lost;

    LossyTransport(Transport transport, VirtualTime time, Random random, int percent) {
      this.transport = transport;
      this.time = time;
      this.random = random;
      this.percent = percent;
    }

    @Override
    public Cancellation send(Request request, Consumer<Reply> done) {
      boolean loses = random.nextInt(100) < percent;
      boolean late = random.nextBoolean();
      sent++;
      lost += loses ? 1 : 0;
      return transport.send(
          request,
          reply -> {
            if (!loses) {
              done.accept(reply);
            } else if (late) {
              time.schedule(() -> done.accept(reply), Duration.ofSeconds(13 + random.nextInt(60)));
            }
          });
    }
  }
}
