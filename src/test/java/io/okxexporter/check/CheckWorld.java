package io.okxexporter.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.config.cli.CheckFlags;
import io.okxexporter.config.cli.UsageException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.VirtualTransport;
import io.okxexporter.fixture.World;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Region;
import io.okxexporter.model.User;
import io.okxexporter.okx.ConnectTrace;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.ScriptedExchange;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs {@code okx-exporter check} against the simulated exchange, in virtual time. */
final class CheckWorld {
  /** Delays of a request and of its response. */
  private static final Duration BEFORE = Duration.ofMillis(40);

  private static final Duration AFTER = Duration.ofMillis(20);

  /** The parts of connecting to a host, and how long each takes. */
  private static final Map<String, Duration> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("DNS", Duration.ofMillis(3));
    PARTS.put("TCP", Duration.ofMillis(12));
    PARTS.put("TLS", Duration.ofMillis(25));
  }

  final VirtualTime time = new VirtualTime(World.START);
  final ScriptedExchange exchange;
  private final Map<URI, Down> down = new HashMap<>();
  final List<Request> sent = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();

  /** Checks a listen address; all are free unless a test sets another function. */
  Function<InetSocketAddress, ListenAddressStep.ListenResult> listen =
      address ->
          new ListenAddressStep.ListenResult(
              Step.pass(
                  "listen address", address.getHostString() + ":" + address.getPort() + " is free"),
              null);

  /** How connecting to a host fails. */
  private record Down(String part, IOException why) {}

  CheckWorld(SimulatedUser... users) {
    this(List.of(users));
  }

  CheckWorld(List<SimulatedUser> users) {
    exchange = new ScriptedExchange(users, 1, World.START);
    script(Script.NONE);
  }

  /** Makes a host unreachable from now on: this part of connecting fails. */
  void down(URI host, String part, IOException why) {
    down.put(host, new Down(part, why));
  }

  /** Makes the exchange follow the script, with the delays of a slow line. */
  void script(Script script) {
    exchange.script(request -> new Behaviour(BEFORE, AFTER, script.next(request).reaction()));
  }

  /** Returns a script with this reaction to requests of one endpoint, and no other faults. */
  static Script at(Endpoint endpoint, Reaction reaction) {
    return request -> isFor(endpoint, request) ? Behaviour.of(reaction) : Behaviour.NORMAL;
  }

  static boolean isFor(Endpoint endpoint, SimulatedRequest request) {
    return request.target().startsWith(endpoint.path());
  }

  /** Returns a user of the exchange as configured, at the host of the region. */
  static User configured(SimulatedUser user, Region region, String... ccys) {
    return Users.at(region.baseUrl(), user, List.of(ccys));
  }

  /** Returns the whole output and the exit code; asserts that the limits were kept. */
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
            new BuildInfo("test", "test", ""),
            flags.json() ? new JsonReport(print) : new TextReport(print, false),
            progress());
    AtomicInteger exitCode = new AtomicInteger(-1);
    command.start(config, ports(), summary -> exitCode.set(CheckCommand.exitCode(summary)));
    for (int i = 0; i < 3_600 && exitCode.get() < 0; i++) {
      time.advance(Duration.ofSeconds(1));
    }
    for (Endpoint endpoint : Endpoint.values()) {
      assertThat(exchange.violations(endpoint)).as(endpoint.path()).isZero();
    }
    String text = out.toString(UTF_8) + announced() + "exit code " + exitCode.get() + "\n";
    assertThat(config.users())
        .allSatisfy(
            user ->
                assertThat(user.credentials().secrets())
                    .noneMatch(secret -> text.contains(secret.reveal())));
    return text;
  }

  private CheckCommand.CheckPorts ports() {
    VirtualTransport transport = new VirtualTransport(exchange, time);
    return new CheckCommand.CheckPorts(
        time,
        time,
        (request, done) -> {
          sent.add(request);
          connect(
              request,
              () -> transport.send(request, done),
              () -> done.accept(new Fault(false, false, "no connection")));
          return () -> {};
        },
        new Random(1),
        listen);
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

  /** Opens a connection part by part, for the first request to a host. */
  private void connect(Request request, Runnable connected, Runnable failed) {
    ConnectTrace trace = request.trace();
    if (trace == null) {
      connected.run();
      return;
    }
    Down host = down.get(request.baseUrl());
    Duration delay = Duration.ZERO;
    for (Map.Entry<String, Duration> part : PARTS.entrySet()) {
      time.schedule(() -> trace.begin(part.getKey()), delay);
      if (host != null && host.part().equals(part.getKey())) {
        time.schedule(() -> trace.failed(host.why()), delay);
        time.schedule(failed, delay);
        return;
      }
      delay = delay.plus(part.getValue());
    }
    time.schedule(trace::connected, delay);
    time.schedule(connected, delay);
  }

  /** Returns what is written to standard error without a terminal. */
  private String announced() {
    return announced.stream().map(line -> "stderr: " + line + "\n").collect(Collectors.joining());
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void doing(String what) {
        // shown only on a terminal
      }

      @Override
      public void announce(String what) {
        announced.add(what);
      }

      @Override
      public void clear() {
        // nothing was shown
      }
    };
  }
}
