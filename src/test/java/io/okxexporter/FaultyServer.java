package io.okxexporter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/**
 * An OKX that answers well, each valuation with numbers of its own, until it is told to do worse;
 * then every request for a valuation meets with that.
 */
final class FaultyServer implements Provocation.Server, AutoCloseable {
  private static final Pattern VALUATION = Pattern.compile("asset-valuation\\?ccy=(\\w+) ");
  private static final Pattern TIMESTAMP = Pattern.compile("(?i)ok-access-timestamp: (\\S+)");
  private static final Duration TOLERANCE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CONNECT_MILLIS = 100;

  private final Supplier<Instant> now;
  private final Map<String, SSLContext> certificates;
  private final Provocation provocation;
  private final int port;
  private final List<Socket> crowd = new ArrayList<>();
  private final AtomicInteger valuations = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, List<Double>> given = new ConcurrentHashMap<>();

  private ServerSocket listener;
  private volatile boolean faulty;

  /**
   * @param now what its clock says
   * @param certificates for TLS, by name; the one for good times is {@code good}
   */
  FaultyServer(Provocation provocation, Supplier<Instant> now, Map<String, SSLContext> certificates)
      throws IOException {
    this.provocation = provocation;
    this.now = now;
    this.certificates = certificates;
    listener = listen(0, 50);
    port = listener.getLocalPort();
    accept(listener);
  }

  URI url() {
    return URI.create(
        provocation.does("tls") ? "https://localhost:" + port : "http://127.0.0.1:" + port);
  }

  /** Its numbers so far in that unit, in order. */
  List<Double> given(String ccy) {
    return given.getOrDefault(ccy, List.of());
  }

  /** Requests for a valuation that have arrived. */
  int asked() {
    return asked.get();
  }

  /** From now on it does what is to be provoked. */
  void provoke() throws IOException {
    faulty = true;
    if (provocation.does("refused") || provocation.does("backlog")) {
      listener.close();
    }
    if (provocation.does("backlog")) {
      listener = listen(port, 1);
      fill();
    }
  }

  /** Connects until nobody can any more. */
  private void fill() throws IOException {
    try {
      while (true) {
        Socket socket = new Socket();
        crowd.add(socket);
        socket.connect(listener.getLocalSocketAddress(), CONNECT_MILLIS);
      }
    } catch (SocketTimeoutException full) {
      // as it should be
    }
  }

  /** All is well again. */
  void heal() throws IOException {
    faulty = false;
    if (provocation.does("refused") || provocation.does("backlog")) {
      listener.close();
      for (Socket socket : crowd) {
        socket.close();
      }
      listener = listen(port, 50);
      accept(listener);
    }
  }

  /** A listener that was just closed may hold its port for a moment. */
  private static ServerSocket listen(int port, int backlog) throws IOException {
    long start = System.nanoTime();
    while (true) {
      ServerSocket socket = new ServerSocket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
        return socket;
      } catch (BindException e) {
        socket.close();
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private void accept(ServerSocket from) {
    daemon(
        () -> {
          while (true) {
            Socket socket = from.accept();
            daemon(() -> serve(socket));
          }
        });
  }

  private void serve(Socket plain) throws IOException {
    try (plain;
        Socket socket = secured(plain)) {
      if (faulty && provocation.does("accept")) {
        provocation.play(socket, "GET /api/v5/asset/asset-valuation?ccy=USDT ", this);
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        answer(socket, head);
      }
    }
  }

  private Socket secured(Socket plain) throws IOException {
    String name = faulty ? provocation.about("tls") : "good";
    return provocation.does("tls") && !name.isEmpty()
        ? Objects.requireNonNull(certificates.get(name))
            .getSocketFactory()
            .createSocket(plain, null, true)
        : plain;
  }

  private static String head(BufferedReader in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private void answer(Socket socket, String head) throws IOException {
    boolean valuation = VALUATION.matcher(head).find();
    asked.addAndGet(valuation ? 1 : 0);
    if (faulty && valuation && !provocation.does("clock")) {
      provocation.play(socket, head, this);
    } else {
      boolean kept = provocation.does("kept");
      socket.getOutputStream().write(goodAnswer(head, kept));
      if (!kept) {
        socket.close();
      }
    }
  }

  @Override
  public byte[] goodAnswer(String head, boolean kept) {
    boolean inTime = inTime(head);
    String body = inTime ? body(head) : "{\"code\":\"50102\",\"msg\":\"Timestamp expired\"}";
    return ("HTTP/1.1 "
            + (inTime ? "200 OK" : "401 Unauthorized")
            + (kept ? "" : "\r\nConnection: close")
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(ISO_8859_1);
  }

  private boolean inTime(String head) {
    Matcher timestamp = TIMESTAMP.matcher(head);
    return !timestamp.find()
        || Duration.between(Instant.parse(timestamp.group(1)), now.get()).abs().compareTo(TOLERANCE)
            <= 0;
  }

  private String body(String head) {
    Matcher valuation = VALUATION.matcher(head);
    if (valuation.find()) {
      int n = valuations.incrementAndGet();
      given
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

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException broken) {
                // connections that break are what it is for
              }
            },
            "faulty-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : crowd) {
      socket.close();
    }
  }
}
