package io.okxexporter.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hostile clients around a well-behaved Prometheus, all at once and without a pause. A client
 * reconnects when the server disconnects it.
 */
public final class HostileNeighbours implements AutoCloseable {
  private static final int SCRAPERS = 200;
  private static final int GUESSERS = 20;
  private static final int FLOODERS = 10;

  /** The number of clients that send slowly, and also of those that read slowly. */
  private static final int SLOW = 750;

  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int RECEIVE_BYTES = 4096;
  private static final int TRICKLE_MILLIS = 100;
  private static final String HALF_A_REQUEST = "GET /metrics HTTP/1.1\r\nHost: a\r\nX: ";
  private static final String FLOOD = "X-Flood: 0123456789abcdef\r\n".repeat(2_000);

  private final InetSocketAddress server;
  private final String credentials;
  private final ExecutorService busy = Executors.newCachedThreadPool();
  private final ScheduledExecutorService slow = Executors.newSingleThreadScheduledExecutor();
  private final List<Trickle> trickles = new ArrayList<>();
  private final AtomicInteger scraped = new AtomicInteger();
  private final AtomicInteger guessed = new AtomicInteger();
  private final AtomicInteger flooded = new AtomicInteger();
  private volatile boolean stopped;

  /**
   * The number of completed attacks so far.
   *
   * @param scraped complete scrapes
   * @param guessed wrong passwords rejected
   * @param flooded requests rejected for too large headers
   */
  public record AttackCounts(int scraped, int guessed, int flooded) {
    /** Whether every kind has increased since {@code before}. */
    public boolean all(AttackCounts before) {
      return scraped > before.scraped && guessed > before.guessed && flooded > before.flooded;
    }
  }

  /** A request that a client repeats. */
  private interface Attack {
    void run() throws IOException;
  }

  /** Sends or reads a byte now and then. */
  private interface Trickle {
    Socket socket();

    void move() throws IOException;
  }

  /** Sends the head of a request byte by byte. */
  private record HalfOpen(Socket socket) implements Trickle {
    @Override
    public void move() throws IOException {
      socket.getOutputStream().write('a');
    }
  }

  /** Reads the response to a scrape byte by byte. */
  private record SlowReader(Socket socket) implements Trickle {
    @Override
    public void move() throws IOException {
      InputStream in = socket.getInputStream();
      if (in.available() > 0 && in.read() < 0) {
        throw new IOException("it is over");
      }
    }
  }

  /**
   * @param server the address to attack
   * @param credentials a valid value of the {@code Authorization} header
   */
  public HostileNeighbours(InetSocketAddress server, String credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /** Starts all clients. */
  public void start() throws IOException {
    for (int i = 0; i < SLOW; i++) {
      trickles.add(halfOpen());
      trickles.add(slowReader());
    }
    var unused =
        slow.scheduleWithFixedDelay(
            this::trickle, TRICKLE_MILLIS, TRICKLE_MILLIS, TimeUnit.MILLISECONDS);
    for (int i = 0; i < SCRAPERS; i++) {
      repeat(() -> count(scraped, scrape(credentials, ""), 200));
    }
    for (int i = 0; i < GUESSERS; i++) {
      repeat(
          () -> count(guessed, scrape(basic("prometheus", "wrong" + System.nanoTime()), ""), 401));
    }
    for (int i = 0; i < FLOODERS; i++) {
      repeat(() -> count(flooded, scrape(credentials, FLOOD), 431));
    }
  }

  public AttackCounts counts() {
    return new AttackCounts(scraped.get(), guessed.get(), flooded.get());
  }

  private void repeat(Attack attack) {
    busy.execute(
        () -> {
          while (!stopped) {
            try {
              attack.run();
            } catch (IOException refused) {
              // The server may disconnect hostile clients.
            }
          }
        });
  }

  private void count(AtomicInteger counter, String request, int status) throws IOException {
    try (Socket socket = connect(request)) {
      String response = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (response.startsWith("HTTP/1.1 " + status)) {
        counter.incrementAndGet();
      }
    }
  }

  private void trickle() {
    trickles.replaceAll(this::moved);
  }

  /** The same client, or its replacement if it was disconnected. */
  private Trickle moved(Trickle trickle) {
    try {
      trickle.move();
      return trickle;
    } catch (IOException hungUp) {
      return replaced(trickle);
    }
  }

  private Trickle replaced(Trickle trickle) {
    try {
      trickle.socket().close();
      return trickle instanceof HalfOpen ? halfOpen() : slowReader();
    } catch (IOException refused) {
      return trickle;
    }
  }

  private Trickle halfOpen() throws IOException {
    return new HalfOpen(connect(HALF_A_REQUEST));
  }

  private Trickle slowReader() throws IOException {
    return new SlowReader(connect(scrape(credentials, "")));
  }

  /** The value of an {@code Authorization} header. */
  public static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static String scrape(String credentials, String headers) {
    return "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: "
        + credentials
        + "\r\n"
        + headers
        + "\r\n";
  }

  private Socket connect(String text) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReceiveBufferSize(RECEIVE_BYTES);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(server, TIMEOUT_MILLIS);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Stops all clients. */
  @Override
  public void close() throws IOException {
    stopped = true;
    slow.shutdown();
    busy.shutdown();
    try {
      long timeout = 2 * TIMEOUT_MILLIS;
      if (!slow.awaitTermination(timeout, TimeUnit.MILLISECONDS)
          || !busy.awaitTermination(timeout, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("they stay");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    for (Trickle trickle : trickles) {
      trickle.socket().close();
    }
  }
}
