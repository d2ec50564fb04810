package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.check.JsonReport;
import io.okxexporter.check.Progress;
import io.okxexporter.check.Step;
import io.okxexporter.check.TextReport;
import io.okxexporter.config.CheckFlags;
import io.okxexporter.config.Config;
import io.okxexporter.config.UsageException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Reach;
import io.okxexporter.model.Region;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.SimulatedExchange;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedUser;
import io.okxexporter.web.BuildFacts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** {@code okx-exporter check} against the simulated exchange, in virtual time. */
final class CheckWorld {
  /** What a request and its answer take on their way. */
  private static final Duration BEFORE = Duration.ofMillis(40);

  private static final Duration AFTER = Duration.ofMillis(20);

  final VirtualTime time = new VirtualTime(World.START);
  final SimulatedExchange exchange;
  final Map<URI, Reach> hosts = new HashMap<>();
  final List<Transport.Request> sent = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  CheckWorld(SimulatedUser... users) {
    this(List.of(users));
  }

  CheckWorld(List<SimulatedUser> users) {
    exchange = new SimulatedExchange(users, 1, World.START);
    script(Script.NONE);
  }

  /** Makes the exchange behave like that, at the far end of a slow line. */
  void script(Script script) {
    exchange.script(request -> new Behaviour(BEFORE, AFTER, script.next(request).reaction()));
  }

  /** Requests to one endpoint meet that, all others nothing out of the ordinary. */
  static Script at(Endpoint endpoint, Reaction reaction) {
    return request -> isFor(endpoint, request) ? Behaviour.of(reaction) : Behaviour.NORMAL;
  }

  static boolean isFor(Endpoint endpoint, SimulatedRequest request) {
    return request.target().startsWith(endpoint.path());
  }

  /** A user of the exchange as it would be configured: at the host of that region. */
  static User configured(SimulatedUser user, Region region, String... ccys) {
    return new User(
        user.name(),
        region.baseUrl(),
        user.demo(),
        List.of(ccys),
        user.credentials(),
        1,
        null,
        null);
  }

  /** The whole output and the exit code; the limits must have been kept. */
  String check(List<User> users, String... flags) {
    return check(Config.defaults(users), flags);
  }

  String check(Config config, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckFlags flags = flags(args);
    PrintStream print = new PrintStream(out, true, UTF_8);
    CheckCommand command =
        new CheckCommand(
            flags,
            Map.of(),
            new TestFiles(),
            new BuildFacts("test", "test"),
            flags.json() ? new JsonReport(print) : new TextReport(print, false),
            progress());
    AtomicInteger exitCode = new AtomicInteger(-1);
    command.start(config, ports(), tally -> exitCode.set(CheckCommand.exitCode(tally)));
    for (int i = 0; i < 3_600 && exitCode.get() < 0; i++) {
      time.advance(Duration.ofSeconds(1));
    }
    for (Endpoint endpoint : Endpoint.values()) {
      assertThat(exchange.violations(endpoint)).as(endpoint.path()).isZero();
    }
    String text = out.toString(UTF_8) + said() + "exit code " + exitCode.get() + "\n";
    assertThat(config.users())
        .allSatisfy(
            user ->
                assertThat(user.credentials().secrets())
                    .noneMatch(secret -> text.contains(secret.reveal())));
    return text;
  }

  private CheckCommand.Ports ports() {
    VirtualTransport transport = new VirtualTransport(exchange, time);
    return new CheckCommand.Ports(
        time,
        time,
        (request, done) -> {
          sent.add(request);
          return transport.send(request, done);
        },
        (host, proxyUrl, done) ->
            time.schedule(
                () -> done.accept(hosts.getOrDefault(host, reached())), Duration.ofMillis(40)),
        new Random(1),
        address ->
            Step.pass(
                "listen address", address.getHostString() + ":" + address.getPort() + " is free"));
  }

  private static CheckFlags flags(String... args) {
    List<String> line = new ArrayList<>(List.of("check"));
    line.addAll(List.of(args));
    try {
      return CheckFlags.parse(line.toArray(String[]::new));
    } catch (UsageException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Reach reached() {
    Map<String, Duration> took = new LinkedHashMap<>();
    took.put("DNS", Duration.ofMillis(3));
    took.put("TCP", Duration.ofMillis(12));
    took.put("TLS", Duration.ofMillis(25));
    return new Reach.Reached(took);
  }

  /** What went to standard error, as far as it goes there without a terminal. */
  private String said() {
    return said.stream().map(line -> "stderr: " + line + "\n").collect(Collectors.joining());
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void doing(String what) {
        // only terminals see it
      }

      @Override
      public void announce(String what) {
        said.add(what);
      }

      @Override
      public void clear() {
        // nothing was shown
      }
    };
  }
}
