package io.okxexporter.tools.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.okxexporter.Exporter;
import io.okxexporter.config.Config;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.Metrics;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.User;
import io.okxexporter.simulator.SimulatedUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process that polls, as the exporter or as a bare loop. It prints the port of its metrics, 0 for
 * none. For the line {@value #FAILURES} on its standard input it prints the failed requests so far
 * by reason, which costs a scrape. For any other line it prints the bytes allocated by its threads.
 */
public final class PollTarget {
  static final String FAILURES = "failures";

  private static final List<String> UNITS = List.of("USDT", "BTC", "USD");

  /** The shortest period that gap and latency allow a single user. */
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1070);

  private static final int LATENCY_MILLIS = 50;

  private PollTarget() {}

  private record Polling(int port, Failures failures) {}

  private interface Failures {
    Map<String, Long> read() throws IOException;
  }

  /** Arguments: the kind of poller, the port of the exchange, and the number of users. */
  public static void main(String[] args) throws Exception {
    String url = "https://localhost:" + args[1];
    List<SimulatedUser> users = SlowExchange.users(Integer.parseInt(args[2]));
    Polling polling =
        switch (args[0]) {
          case "exporter" -> exporter(url, users);
          case "bare loop" -> bareLoop(url, users);
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println(polling.port());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    Map<Long, Long> allocated = new HashMap<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(FAILURES)) {
        System.out.println(polling.failures().read());
      } else {
        allocated.putAll(allocatedByThread());
        System.out.println(allocated.values().stream().mapToLong(Long::longValue).sum());
      }
    }
    System.exit(0);
  }

  /**
   * Allocated bytes of live threads. A thread that has ended since was idle and keeps its count.
   */
  private static Map<Long, Long> allocatedByThread() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getAllThreadIds())
        .boxed()
        .collect(Collectors.toMap(id -> id, threads::getThreadAllocatedBytes));
  }

  @SuppressWarnings("resource") // lives as long as the process
  private static Polling exporter(String url, List<SimulatedUser> simulated) throws IOException {
    List<User> users =
        simulated.stream().map(user -> Users.at(URI.create(url), user, UNITS)).toList();
    Config config =
        new Config(
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            users.size(),
            false,
            true,
            users,
            List.of());
    Exporter exporter = Exporter.live(config, new BuildInfo("1", "1", ""), true, true);
    Exporters.serve(exporter);
    return new Polling(exporter.addresses().get(0).getPort(), () -> failures(exporter));
  }

  private static Map<String, Long> failures(Exporter exporter) {
    return Metrics.parse(
            Exporters.metrics(exporter, name -> name.startsWith("okx_api_request_failures")))
        .failures();
  }

  private static Polling bareLoop(String url, List<SimulatedUser> users) {
    long waiting = users.size() * TimeUnit.MILLISECONDS.toNanos(LATENCY_MILLIS) / PERIOD_NANOS;
    // Half as many again, since responses take a little longer than the latency.
    BareLoop loop = new BareLoop(url, users, (int) (waiting + waiting / 2 + 1));
    loop.start(PERIOD_NANOS);
    return new Polling(0, () -> loop.failed() == 0 ? Map.of() : Map.of("failed", loop.failed()));
  }
}
