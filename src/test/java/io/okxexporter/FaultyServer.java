package io.okxexporter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.SocketServer.Way;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server like OKX that gives each valuation a number of its own. While the fault lasts, every
 * valuation request gets the fault instead.
 */
public final class FaultyServer implements FaultScript.Server, AutoCloseable {
  private static final Pattern VALUATION = Pattern.compile("asset-valuation\\?ccy=(\\w+) ");
  private static final Pattern TIMESTAMP = Pattern.compile("(?i)ok-access-timestamp: (\\S+)");
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private final Supplier<Instant> now;
  private final Map<String, SSLContext> certificates;
  private final FaultScript script;
  private final AtomicInteger valuations = new AtomicInteger();
  private final AtomicInteger valuationRequests = new AtomicInteger();
  private final Map<String, List<Double>> served = new ConcurrentHashMap<>();

  private final SocketServer server;
  private volatile boolean faulty;

  /**
   * @param now the server's clock
   * @param certificates the TLS contexts by name; {@code good} is presented without a fault
   */
  public FaultyServer(
      FaultScript script, Supplier<Instant> now, Map<String, SSLContext> certificates)
      throws IOException {
    this.script = script;
    this.now = now;
    this.certificates = certificates;
    server =
        new SocketServer(script.does("tls") ? Way.TLS : Way.PLAIN, this::certificate, this::serve);
  }

  public URI url() {
    return server.url();
  }

  /** The numbers served so far in this unit, in order. */
  List<Double> served(String ccy) {
    return served.getOrDefault(ccy, List.of());
  }

  /** The number of valuation requests received. */
  int valuationRequests() {
    return valuationRequests.get();
  }

  /** Starts the fault. */
  void startFault() throws Exception {
    faulty = true;
    if (script.does("refused")) {
      server.refuse();
    } else if (script.does("backlog")) {
      server.fill();
    }
  }

  /** Ends the fault. */
  void endFault() throws Exception {
    faulty = false;
    if (script.does("refused") || script.does("backlog")) {
      server.welcome();
    }
  }

  private @Nullable SSLContext certificate() {
    String name = faulty ? script.about("tls") : "good";
    return script.does("tls") && !name.isEmpty()
        ? Objects.requireNonNull(certificates.get(name))
        : null;
  }

  private void serve(SocketServer server, Socket socket) throws IOException {
    if (faulty && script.does("accept")) {
      script.play(socket, "GET /api/v5/asset/asset-valuation?ccy=USDT ", this);
    }
    SocketServer.requests(this::respond).handle(server, socket);
  }

  private void respond(Socket socket, String head) throws IOException {
    boolean valuation = VALUATION.matcher(head).find();
    valuationRequests.addAndGet(valuation ? 1 : 0);
    if (faulty && valuation && !script.does("clock")) {
      script.play(socket, head, this);
    } else {
      boolean keepAlive = script.does("kept");
      socket.getOutputStream().write(goodResponse(head, keepAlive));
      if (!keepAlive) {
        socket.close();
      }
    }
  }

  @Override
  public byte[] goodResponse(String head, boolean keepAlive) {
    boolean hasValidTimestamp = hasValidTimestamp(head);
    String body =
        hasValidTimestamp ? body(head) : "{\"code\":\"50102\",\"msg\":\"Timestamp expired\"}";
    return ("HTTP/1.1 "
            + (hasValidTimestamp ? "200 OK" : "401 Unauthorized")
            + (keepAlive ? "" : "\r\nConnection: close")
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(ISO_8859_1);
  }

  private boolean hasValidTimestamp(String head) {
    Matcher timestamp = TIMESTAMP.matcher(head);
    return !timestamp.find()
        || Duration.between(Instant.parse(timestamp.group(1)), now.get()).abs().compareTo(TOLERANCE)
            <= 0;
  }

  private String body(String head) {
    Matcher valuation = VALUATION.matcher(head);
    if (valuation.find()) {
      int n = valuations.incrementAndGet();
      served
          .computeIfAbsent(valuation.group(1), ccy -> new CopyOnWriteArrayList<>())
          .add((double) n);
      return data(
          "{'details':{'funding':'%d'},'totalBal':'%d','ts':'%d'}".formatted(n, n, millis()));
    }
    if (head.contains("/account/config")) {
      return data("{'uid':'1','mainUid':'1','perm':'read_only','ip':'','type':'0'}");
    }
    return head.contains("/public/time") ? data("{'ts':'" + millis() + "'}") : data("");
  }

  private long millis() {
    return now.get().toEpochMilli();
  }

  private static String data(String element) {
    return ("{'code':'0','msg':'','data':[" + element + "]}").replace('\'', '"');
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
