package io.okxexporter;

import static java.util.Objects.requireNonNull;

import io.okxexporter.config.Config;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.VirtualTransport;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Shard;
import io.okxexporter.model.Timer;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.ScriptedExchange;
import io.okxexporter.simulator.SimulatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Several exporters against one exchange, in virtual time; each may be killed at any moment. */
final class Replicas {
  final VirtualTime time = new VirtualTime(World.START);
  final ScriptedExchange exchange;

  /** Valuation requests sent, in order. */
  final List<Sent> sent = new ArrayList<>();

  private final Random random = new Random(1);
  private final List<SimulatedUser> simulated;
  private Config config;
  private final Transport network;
  private final List<Replica> running = new ArrayList<>();

  /**
   * A request for a valuation.
   *
   * @param apiKey the user's key
   * @param replica the replica that sent it
   */
  record Sent(String apiKey, Shard replica, Instant at) {}

  /** All replicas read the same configuration: the defaults. */
  Replicas(int users) {
    simulated = SimulatedUser.named(users, random);
    exchange = new ScriptedExchange(simulated, 1, World.START);
    exchange.script(
        request -> new Behaviour(upTo300Millis(), upTo300Millis(), new Reaction.Normal()));
    network = new VirtualTransport(exchange, time);
    config = ofTheFirst(users);
  }

  private Config ofTheFirst(int users) {
    return Config.defaults(
        simulated.stream().limit(users).map(World.asking("USDT", "BTC")).toList());
  }

  /** Reloads all replicas one by one, with a configuration of only the first users. */
  void reloadWithTheFirst(int users, Duration between) {
    config = ofTheFirst(users);
    for (Replica replica : running) {
      replica.exporter.reload(config.in(replica.shard));
      time.advance(between);
    }
  }

  private Duration upTo300Millis() {
    return Duration.ofMillis(random.nextInt(300));
  }

  /** Starts this many replicas. */
  void startAll(int count) {
    IntStream.range(0, count).forEach(index -> start(new Shard(index, count)));
  }

  void start(Shard shard) {
    running.add(new Replica(config.in(shard)));
  }

  void killAll() {
    List.copyOf(running).forEach(Replica::kill);
  }

  void kill(Shard shard) {
    List.copyOf(running).stream()
        .filter(replica -> replica.shard.equals(shard))
        .forEach(Replica::kill);
  }

  /** Kills one replica and starts another at once: the fastest possible pod replacement. */
  void replace(Shard old, Shard by) {
    kill(old);
    start(by);
  }

  /** The number of users each replica reports as assigned. */
  List<Integer> assigned() {
    return running.stream()
        .map(replica -> replica.scrape("okx_exporter_users_held"))
        .map(metrics -> (int) metrics.value("okx_exporter_users_held"))
        .toList();
  }

  /** Whether each replica is ready. */
  List<Boolean> ready() {
    return running.stream().map(replica -> replica.exporter.view().allAttempted()).toList();
  }

  /** {@code sum by (user) (okx_exporter_user_held)}. */
  Map<String, Integer> holdersOfEachUser() {
    Map<String, Integer> sums = new TreeMap<>();
    for (Replica replica : running) {
      replica
          .scrape("okx_exporter_user_held")
          .samples()
          .forEach((series, value) -> sums.merge(series, value.intValue(), Integer::sum));
    }
    return sums;
  }

  /**
   * A process: once killed it neither sends nor receives, but requests already sent still arrive.
   */
  private final class Replica implements Timer, Transport {
    private final Shard shard;
    private final Exporter exporter;
    private boolean killed;

    Replica(Config config) {
      shard = config.shard();
      exporter = Exporters.of(config, new Exporter.Ports(time, this, this), random);
      exporter.start();
    }

    void kill() {
      killed = true;
      running.remove(this);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
      time.schedule(() -> unlessKilled(task), delay);
    }

    @Override
    public Cancellation send(Request request, Consumer<Reply> done) {
      if (request.target().startsWith(Endpoint.ASSET_VALUATION.path())) {
        sent.add(
            new Sent(requireNonNull(request.headers().get("OK-ACCESS-KEY")), shard, time.now()));
      }
      return network.send(request, reply -> unlessKilled(() -> done.accept(reply)));
    }

    private void unlessKilled(Runnable task) {
      if (!killed) {
        task.run();
      }
    }

    Metrics scrape(String family) {
      return Metrics.parse(Exporters.metrics(exporter, family::equals));
    }
  }
}
