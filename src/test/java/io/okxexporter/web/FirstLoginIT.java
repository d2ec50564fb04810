package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Awaiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * First logins of users that are not cached, over HTTP at cost 10. Prints its measurements. Time is
 * counted in guesses, and their rate depends on how long this machine takes for a hash.
 */
class FirstLoginIT {
  private static final int USERS = 300;
  private static final int SECONDS_BEFORE = 8;
  private static final int SECONDS_BETWEEN_TRIES = 3;
  private static final int TIMEOUT_SECONDS = 10;

  /** On the machine for which the seconds here hold. */
  private static final int USUAL_HASH_MILLIS = 65;

  private static final String ANYWHERE = "127.*.*.*";

  private final ScheduledExecutorService guesser = Executors.newSingleThreadScheduledExecutor();
  private final Queue<Socket> guesses = new ConcurrentLinkedQueue<>();
  private final AtomicInteger guessed = new AtomicInteger();
  private final Random random = new Random(0);
  private final long secondMillis =
      Math.max(1000, 1000 * GuessingIT.hashMillis() / USUAL_HASH_MILLIS);

  @AfterEach
  void stop() throws Exception {
    guesser.shutdownNow();
    assertThat(guesser.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    for (Socket guess : guesses) {
      guess.close();
    }
  }

  /** The first try may be dropped among too many open connections; the second may not. */
  @ParameterizedTest
  @CsvSource({
    "50, 127.0.0.1, closed, 1",
    "200, 127.0.0.1, closed, 1",
    "200, 127.*.*.*, closed, 1",
    "200, 127.9.9.9, left open, 1",
    "50, 127.0.0.1, left open, 2",
    "200, 127.0.0.1, left open, 2",
    "50, 127.*.*.*, left open, 2",
    "200, 127.*.*.*, left open, 2"
  })
  void guessers_who_do_not_wait_do_not_lock_a_user_out(
      int perSecond, String from, String connections, int maxTries) throws Exception {
    try (WebFixture web = fixture()) {
      var unused =
          guesser.scheduleAtFixedRate(
              () -> guess(web, from, connections.equals("closed")),
              0,
              TimeUnit.MILLISECONDS.toMicros(secondMillis) / perSecond,
              TimeUnit.MICROSECONDS);
      awaitGuesses(SECONDS_BEFORE * perSecond);
      long start = System.nanoTime();
      int tries = 1;
      while (status(web, "user0", "right") != 200) {
        assertThat(++tries).isLessThanOrEqualTo(maxTries);
        awaitGuesses(guessed.get() + SECONDS_BETWEEN_TRIES * perSecond);
      }
      System.out.printf(
          "%d guesses from %s, %s: in at try %d, %d ms%n",
          guessed.get(), from, connections, tries, millisSince(start));
    }
  }

  @Test
  void three_hundred_first_logins_at_once_are_all_answered() throws Exception {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      requests.add(request("user" + i, i % 2 == 0 ? "right" : "wrong"));
    }
    assertThatHalfAreRight(requests);
  }

  @Test
  void three_hundred_equal_logins_at_once_are_all_answered() throws Exception {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      requests.add(request("user0", i % 2 == 0 ? "right" : "wrong"));
    }
    assertThatHalfAreRight(requests);
  }

  private static void assertThatHalfAreRight(List<String> requests) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    Map<Integer, Integer> statuses = new HashMap<>();
    try (WebFixture web = fixture()) {
      long start = System.nanoTime();
      for (String request : requests) {
        Socket socket = web.raw(request);
        socket.setSoTimeout(0); // only the server's timeout may end it
        sockets.add(socket);
      }
      for (Socket socket : sockets) {
        statuses.merge(status(socket), 1, Integer::sum);
      }
      System.out.printf("%d logins: %s in %d ms%n", USERS, statuses, millisSince(start));
      assertThat(statuses).isEqualTo(Map.of(200, USERS / 2, 401, USERS / 2));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void guess(WebFixture web, String from, boolean close) {
    guessed.incrementAndGet();
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getByName(address(from)), 0));
      socket.connect(web.address(), timeoutMillis());
      socket
          .getOutputStream()
          .write(request("user0", "guess" + random.nextLong()).getBytes(ISO_8859_1));
      if (close) {
        socket.close();
      } else {
        guesses.add(socket);
      }
    } catch (IOException e) {
      // A guess that does not reach the server.
    }
  }

  private String address(String from) {
    return from.equals(ANYWHERE)
        ? "127." + random.nextInt(1, 255) + "." + random.nextInt(255) + "." + random.nextInt(1, 255)
        : from;
  }

  private static WebFixture fixture() throws IOException {
    return new WebFixture(MutableSettings.users(USERS, 10).liveProtection());
  }

  private static String request(String user, String password) {
    String header = String.join(": ", WebConfigHandlerTest.authorization(user, password));
    return "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n";
  }

  /** Returns 0 if no response comes. */
  private int status(WebFixture web, String user, String password) throws IOException {
    try (Socket socket = web.raw(request(user, password))) {
      socket.setSoTimeout(timeoutMillis());
      return status(socket);
    } catch (SocketTimeoutException | SocketException e) {
      return 0;
    }
  }

  private static int status(Socket socket) throws IOException {
    String response = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
    return response.length() < 12 ? 0 : Integer.parseInt(response.substring(9));
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private void awaitGuesses(int count) throws Exception {
    Awaiting.until(() -> guessed.get() >= count);
  }

  private int timeoutMillis() {
    return Math.toIntExact(TIMEOUT_SECONDS * secondMillis);
  }
}
