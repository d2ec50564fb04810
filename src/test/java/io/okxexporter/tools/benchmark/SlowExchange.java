package io.okxexporter.tools.benchmark;

import io.okxexporter.fixture.Authority;
import io.okxexporter.model.Clock;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.ScriptedExchange;
import io.okxexporter.simulator.ScriptedHandler;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A process with the simulated exchange behind TLS, at 50 ms of latency. It prints its port. For
 * each line on standard input it prints the valuation requests received, the limit violations, the
 * longest gap between two requests of one user since the last line, and the connections accepted.
 */
public final class SlowExchange implements Script {
  private static final Behaviour AWAY =
      new Behaviour(Duration.ZERO, Duration.ofMillis(50), new Reaction.Normal());
  private static final long SEED = 7;

  private final ScriptedExchange exchange;
  private final Map<String, Long> lastArrivals = new ConcurrentHashMap<>();
  private final LongAccumulator longestGap = new LongAccumulator(Math::max, 0);

  private SlowExchange(ScriptedExchange exchange) {
    this.exchange = exchange;
  }

  /** The users, with the same keys in every process. */
  static List<SimulatedUser> users(int count) {
    return SimulatedUser.named(count, new Random(SEED));
  }

  /** Arguments: the number of users and the key store of the certificate. */
  public static void main(String[] args) throws Exception {
    List<SimulatedUser> users = users(Integer.parseInt(args[0]));
    ScriptedExchange exchange = new ScriptedExchange(users, SEED, Instant.now());
    SlowExchange slow = new SlowExchange(exchange);
    exchange.script(slow);
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(args[1]);
    tls.setKeyStorePassword(Authority.PASSWORD);
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(
            server, 1, 1, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory());
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setAcceptQueueSize(1024);
    ConnectionStatistics connections = new ConnectionStatistics();
    connector.addBean(connections);
    server.addConnector(connector);
    server.setHandler(new ScriptedHandler(exchange, Clock.system()));
    server.start();
    System.out.println(connector.getLocalPort());
    slow.report(connections);
  }

  private void report(ConnectionStatistics connections) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.printf(
          "%d %d %d %d%n",
          exchange.arrivals(),
          exchange.violations(),
          longestGap.getThenReset(),
          connections.getConnectionsTotal());
    }
    System.exit(0);
  }

  @Override
  public Behaviour next(SimulatedRequest request) {
    long now = System.nanoTime();
    Long before = lastArrivals.put(request.headers().getOrDefault("ok-access-key", ""), now);
    if (before != null) {
      longestGap.accumulate(now - before);
    }
    return AWAY;
  }
}
