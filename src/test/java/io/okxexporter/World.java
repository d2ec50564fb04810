package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.VirtualTransport.Break;
import io.okxexporter.config.Config;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.SimulatedExchange;
import io.okxexporter.simulator.SimulatedUser;
import io.okxexporter.web.BuildFacts;
import io.okxexporter.web.Escaping;
import io.okxexporter.web.Format;
import io.okxexporter.web.ScrapeRequest;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The whole exporter against the simulated exchange, in virtual time. */
public final class World {
  /** When it all begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The time of exchange and exporter. */
  public final VirtualTime time = new VirtualTime(START);

  /** The exchange. */
  public final SimulatedExchange exchange;

  /** The exporter under test. */
  public final Exporter exporter;

  /** Valuations only, without broken connections. */
  public World(
      long seed,
      List<SimulatedUser> users,
      Duration pollInterval,
      Function<SimulatedUser, User> as) {
    this(seed, users, pollInterval, as, Optional::empty);
  }

  /** Valuations only. */
  public World(
      long seed,
      List<SimulatedUser> users,
      Duration pollInterval,
      Function<SimulatedUser, User> as,
      Supplier<Optional<Break>> breaks) {
    this(users, seed, Users.config(pollInterval, false, users.stream().map(as).toList()), breaks);
  }

  /**
   * @param breaks whether the connection of a request breaks
   */
  public World(
      List<SimulatedUser> users, long seed, Config config, Supplier<Optional<Break>> breaks) {
    this(users, seed, config, breaks, (transport, time) -> transport);
  }

  /**
   * @param breaks whether the connection of a request breaks
   * @param between what stands between exporter and exchange
   */
  World(
      List<SimulatedUser> users,
      long seed,
      Config config,
      Supplier<Optional<Break>> breaks,
      BiFunction<Transport, VirtualTime, Transport> between) {
    exchange = new SimulatedExchange(users, seed, START);
    Transport transport = new VirtualTransport(exchange, time, breaks);
    exporter =
        new Exporter(
            config,
            new Exporter.Ports(time, time, between.apply(transport, time)),
            new Random(seed),
            new PrometheusRegistry(),
            new SimpleMeterRegistry(),
            new BuildFacts("test", "test"),
            true);
    exporter.start();
  }

  /** A user of the exchange, asked for at full rate with a budget of its own. */
  public static Function<SimulatedUser, User> asking(String... ccys) {
    return user ->
        new User(
            user.name(),
            URI.create("http://127.0.0.1:1"),
            user.demo(),
            List.of(ccys),
            user.credentials(),
            1,
            null,
            null);
  }

  /** What a scrape would read now. */
  public String metrics() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      exporter.scrape(new ScrapeRequest(Format.TEXT, Escaping.UNDERSCORES, name -> true), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(UTF_8);
  }
}
