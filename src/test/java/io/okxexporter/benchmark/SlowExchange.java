package io.okxexporter.benchmark;

import io.okxexporter.fixture.Authority;
import io.okxexporter.simulator.ScriptedExchange;
import io.okxexporter.simulator.SimulatedRegion;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedResponse;
import io.okxexporter.simulator.SimulatedUser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A process with the simulated exchange behind TLS, 50 ms away. It says its port; for each line of
 * its standard input, how many valuation requests have arrived, how many of them broke the limit,
 * the longest time between two of one user since the last line, and how many connections it has
 * accepted.
 */
public final class SlowExchange extends Handler.Abstract.NonBlocking {
  private static final long LATENCY_MILLIS = 50;
  private static final long SEED = 7;

  private final ScriptedExchange exchange;
  private final Map<String, Long> lastArrivals = new ConcurrentHashMap<>();
  private final LongAccumulator longestGap = new LongAccumulator(Math::max, 0);

  private SlowExchange(ScriptedExchange exchange) {
    this.exchange = exchange;
  }

  /** The users, whose keys each process makes alike. */
  static List<SimulatedUser> users(int count) {
    return SimulatedUser.named(count, new Random(SEED));
  }

  /** How many users, and the key store of the certificate. */
  public static void main(String[] args) throws Exception {
    List<SimulatedUser> users = users(Integer.parseInt(args[0]));
    SlowExchange handler = new SlowExchange(new ScriptedExchange(users, SEED, Instant.now()));
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
    server.setHandler(handler);
    server.start();
    System.out.println(connector.getLocalPort());
    handler.report(connections);
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
  public boolean handle(Request request, Response response, Callback callback) {
    long now = System.nanoTime();
    SimulatedResponse answer = exchange.respond(now, Instant.now(), asked(request, now));
    request
        .getComponents()
        .getScheduler()
        .schedule(() -> send(answer, response, callback), LATENCY_MILLIS, TimeUnit.MILLISECONDS);
    return true;
  }

  private SimulatedRequest asked(Request request, long now) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.put(field.getLowerCaseName(), field.getValue());
    }
    Long before = lastArrivals.put(headers.getOrDefault("ok-access-key", ""), now);
    if (before != null) {
      longestGap.accumulate(now - before);
    }
    return new SimulatedRequest(
        request.getMethod(),
        request.getHttpURI().getPathQuery(),
        headers,
        SimulatedRegion.GLOBAL,
        Request.getRemoteAddr(request));
  }

  private static void send(SimulatedResponse answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }
}
