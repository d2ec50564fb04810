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
 * Everybody who could stand in the way of a well-behaved Prometheus, all at once and without a
 * pause. Whom the server hangs up on comes again.
 */
public final class HostileNeighbours implements AutoCloseable {
  private static final int SCRAPERS = 200;
  private static final int GUESSERS = 20;
  private static final int FLOODERS = 10;

  /** Who send, and who read, a byte now and then: so many of each. */
  private static final int SLOW = 750;

  private static final int PATIENCE_MILLIS = 20_000;
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
  private volatile boolean over;

  /**
   * What they got done so far.
   *
   * @param scraped whole scrapes
   * @param guessed wrong passwords that were refused
   * @param flooded requests whose headers were too large
   */
  public record Deeds(int scraped, int guessed, int flooded) {
    /** Whether there were more of every kind than before. */
    public boolean all(Deeds before) {
      return scraped > before.scraped && guessed > before.guessed && flooded > before.flooded;
    }
  }

  /** What somebody does over and over. */
  private interface Deed {
    void run() throws IOException;
  }

  /** Sends or reads a byte now and then. */
  private interface Trickle {
    Socket socket();

    void move() throws IOException;
  }

  /** The header of a request, byte by byte. */
  private record HalfOpen(Socket socket) implements Trickle {
    @Override
    public void move() throws IOException {
      socket.getOutputStream().write('a');
    }
  }

  /** The answer to a scrape, byte by byte. */
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
   * @param server whom they beset
   * @param credentials the value of a header {@code Authorization} that is let in
   */
  public HostileNeighbours(InetSocketAddress server, String credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  /** All of them come. */
  public void gather() throws IOException {
    for (int i = 0; i < SLOW; i++) {
      trickles.add(halfOpen());
      trickles.add(slowReader());
    }
    var unused =
        slow.scheduleWithFixedDelay(
            this::trickle, TRICKLE_MILLIS, TRICKLE_MILLIS, TimeUnit.MILLISECONDS);
    for (int i = 0; i < SCRAPERS; i++) {
      again(() -> count(scraped, scrape(credentials, ""), 200));
    }
    for (int i = 0; i < GUESSERS; i++) {
      again(
          () -> count(guessed, scrape(basic("prometheus", "wrong" + System.nanoTime()), ""), 401));
    }
    for (int i = 0; i < FLOODERS; i++) {
      again(() -> count(flooded, scrape(credentials, FLOOD), 431));
    }
  }

  public Deeds deeds() {
    return new Deeds(scraped.get(), guessed.get(), flooded.get());
  }

  private void again(Deed deed) {
    busy.execute(
        () -> {
          while (!over) {
            try {
              deed.run();
            } catch (IOException refused) {
              // A server may hang up on such people.
            }
          }
        });
  }

  private void count(AtomicInteger counter, String request, int status) throws IOException {
    try (Socket socket = say(request)) {
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (answer.startsWith("HTTP/1.1 " + status)) {
        counter.incrementAndGet();
      }
    }
  }

  private void trickle() {
    trickles.replaceAll(this::moved);
  }

  /** The same one, or another one of its kind in its place. */
  private Trickle moved(Trickle trickle) {
    try {
      trickle.move();
      return trickle;
    } catch (IOException hungUp) {
      return anew(trickle);
    }
  }

  private Trickle anew(Trickle trickle) {
    try {
      trickle.socket().close();
      return trickle instanceof HalfOpen ? halfOpen() : slowReader();
    } catch (IOException refused) {
      return trickle;
    }
  }

  private Trickle halfOpen() throws IOException {
    return new HalfOpen(say(HALF_A_REQUEST));
  }

  private Trickle slowReader() throws IOException {
    return new SlowReader(say(scrape(credentials, "")));
  }

  /** The value of a header {@code Authorization}. */
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

  private Socket say(String text) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReceiveBufferSize(RECEIVE_BYTES);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server, PATIENCE_MILLIS);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** All of them leave. */
  @Override
  public void close() throws IOException {
    over = true;
    slow.shutdown();
    busy.shutdown();
    try {
      long patience = 2 * PATIENCE_MILLIS;
      if (!slow.awaitTermination(patience, TimeUnit.MILLISECONDS)
          || !busy.awaitTermination(patience, TimeUnit.MILLISECONDS)) {
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
