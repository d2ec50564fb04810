package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Awaiting;
import io.okxexporter.web.connector.ConnectionLimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that send or read a byte now and then, which no idle timeout would end. */
@Tag("slow")
class SlowClientsTest {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int MAX_PAUSES = 400;
  private static final int HUGE = 16 << 20; // more than any socket buffers
  private static final String HALF_A_REQUEST = "GET /metrics HTTP/1.1\r\nHost: x\r\nX: ";
  private static final String SCRAPE = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String HEALTHY = "GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n";

  /** The preface, empty SETTINGS, and the beginning of a long HEADERS frame. */
  private static final String HALF_OF_HTTP_2 =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0\0\40\0\1\5\0\0\0\1";

  /** The preface, SETTINGS with a window of 1, and HEADERS that request the landing page. */
  private static final String PAGE_BY_THE_BYTE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\6\4\0\0\0\0\0\0\4\0\0\0\1"
          + "\0\0\6\1\5\0\0\0\1\202\204\207\101\1x";

  /** WINDOW_UPDATE by 1. */
  private static final String ONE_MORE_BYTE = "\0\0\4\10\0\0\0\0\1\0\0\0\1";

  private final MutableSettings settings = new MutableSettings();

  @Test
  void headers_that_trickle_in_are_not_waited_for() throws Exception {
    try (WebFixture web = fixture();
        Socket socket = web.raw(HALF_A_REQUEST)) {
      assertThat(bytesUntilItEnds(socket, 'a')).isPositive();
    }
  }

  @Test
  void nor_is_the_second_request_of_a_connection() throws Exception {
    try (WebFixture web = fixture();
        Socket socket = web.raw(HEALTHY + HALF_A_REQUEST)) {
      assertThat(bytesUntilItEnds(socket, 'a')).isPositive();
    }
  }

  @Test
  void nor_is_a_handshake() throws Exception {
    serveTls();
    try (WebFixture web = fixture();
        Socket socket = web.raw("\26\3\1\2\0\1\0\1\374")) {
      assertThat(bytesUntilItEnds(socket, 0)).isPositive();
    }
  }

  @Test
  void nor_is_a_frame_of_http_2() throws Exception {
    Authority authority = serveTls();
    try (WebFixture web = fixture();
        Socket socket =
            new TlsClient(authority, null)
                .connect(web.address(), it -> it.setApplicationProtocols(new String[] {"h2"}))) {
      socket.getOutputStream().write(HALF_OF_HTTP_2.getBytes(ISO_8859_1));
      assertThat(bytesUntilItEnds(socket, 0)).isPositive();
    }
  }

  /** It reads one byte of the page at a time, which HTTP/2 does not count as idle. */
  @Test
  void nor_is_a_slow_reader_of_http_2() throws Exception {
    Authority authority = serveTls();
    try (WebFixture web = fixture();
        Socket socket =
            new TlsClient(authority, null)
                .connect(web.address(), it -> it.setApplicationProtocols(new String[] {"h2"}))) {
      socket.getOutputStream().write(PAGE_BY_THE_BYTE.getBytes(ISO_8859_1));
      assertThat(piecesUntilItEnds(socket, ONE_MORE_BYTE.getBytes(ISO_8859_1))).isPositive();
    }
  }

  /** Thousands of users, or a file that hangs, may take longer than a client may. */
  @Test
  void a_client_is_not_slow_while_it_awaits_a_reload() throws Exception {
    WebProtection protection =
        new WebProtection(
            settings, UnprotectedWeb.ANY_HOST, new TestFiles(), it -> {}, () -> 0, REQUEST_TIMEOUT);
    List<Consumer<List<String>>> reloads = new CopyOnWriteArrayList<>();
    try (WebFixture web = new WebFixture((it, out) -> {}, protection, 0, reloads::add)) {
      var response = web.sendAsync("POST", "/-/reload");
      Awaiting.until(() -> reloads.size() == 1);
      for (int i = 0; i < 2; i++) {
        try (Socket idle = web.raw("")) {
          assertThat(idle.getInputStream().read()).as("closed after the timeout").isNegative();
        }
      }
      reloads.get(0).accept(List.of());
      assertThat(response.get().statusCode()).isEqualTo(200);
    }
  }

  /** The client still gets what the OS has buffered, so the server shows that it gave up. */
  @Test
  void who_reads_a_little_now_and_then_is_not_waited_for() throws Exception {
    WebProtection protection =
        new WebProtection(
            settings, UnprotectedWeb.ANY_HOST, new TestFiles(), it -> {}, () -> 0, REQUEST_TIMEOUT);
    try (WebFixture web =
            new WebFixture((it, out) -> out.write(new byte[HUGE]), protection, 1, null);
        Socket socket = web.raw(SCRAPE)) {
      int pauses = 0;
      do {
        assertThat(socket.getInputStream().read(new byte[1024])).isPositive();
        Awaiting.passing(PAUSE);
        assertThat(++pauses).isLessThan(MAX_PAUSES);
      } while (web.get("/metrics").statusCode() == 503);
    }
  }

  @Test
  void a_connection_that_asks_now_and_then_stays() throws Exception {
    try (WebFixture web = fixture();
        Socket socket = web.raw("")) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < 2 * REQUEST_TIMEOUT.toNanos()) {
        Awaiting.passing(REQUEST_TIMEOUT.dividedBy(6));
        socket.getOutputStream().write(SCRAPE.getBytes(ISO_8859_1));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        socket.getInputStream().skipNBytes(socket.getInputStream().available());
      }
    }
  }

  @Test
  void more_slow_clients_than_connections_keep_nobody_out() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (WebFixture web = new WebFixture(settings.protection())) {
      for (int i = 0; i < ConnectionLimiter.MAX_CONNECTIONS + 200; i++) {
        slow.add(web.raw(HALF_A_REQUEST));
        if (i % 100 == 0) {
          assertThat(web.exchange("GET /metrics HTTP/1.0\r\n\r\n")).endsWith(WebFixture.METRICS);
        }
      }
      assertThat(web.exchange("GET /metrics HTTP/1.0\r\n\r\n")).endsWith(WebFixture.METRICS);
      assertThat(isAtItsEnd(slow.get(0).getInputStream())).isTrue();
      Socket last = slow.get(slow.size() - 1);
      last.getOutputStream().write("\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(last.getInputStream().read()).isEqualTo('H');
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void once_scrapes_are_refused_the_slowest_reader_makes_room() throws Exception {
    try (WebFixture web =
            new WebFixture((it, out) -> out.write(new byte[HUGE]), settings.protection(), 1, null);
        Socket slow = web.raw(SCRAPE)) {
      assertThat(slow.getInputStream().read()).isEqualTo('H');
      settings.nanos = ScrapesInProgress.READ_TIMEOUT.toNanos();
      assertThat(web.get("/metrics").statusCode()).isEqualTo(503);
      settings.nanos = ScrapesInProgress.READ_TIMEOUT.toNanos() + 1;
      assertThat(web.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(drained(slow)).isLessThan(HUGE);
    }
  }

  /** Its connection had been idle for longest when it sent the request. */
  @Test
  void a_scrape_that_is_being_made_is_not_ended_by_newer_connections() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Socket> newer = new ArrayList<>();
    MetricsRenderer renderer =
        (it, out) -> {
          begun.countDown();
          awaitQuietly(go);
        };
    try (WebFixture web = new WebFixture(renderer, settings.protection(), 0, null);
        Socket quiet = web.raw(HEALTHY)) {
      assertThat(quiet.getInputStream().read()).isEqualTo('H');
      for (int i = 1; i < ConnectionLimiter.MAX_CONNECTIONS; i++) {
        newer.add(web.raw(HALF_A_REQUEST));
      }
      quiet.getInputStream().skipNBytes(quiet.getInputStream().available());
      quiet.getOutputStream().write(SCRAPE.getBytes(ISO_8859_1));
      begun.await();
      for (int i = 0; i < 2; i++) {
        Socket newest = web.raw(HEALTHY);
        newer.add(newest);
        assertThat(newest.getInputStream().read()).isEqualTo('H');
      }
      go.countDown();
      assertThat(quiet.getInputStream().read()).isEqualTo('H');
    } finally {
      for (Socket socket : newer) {
        socket.close();
      }
    }
  }

  @Test
  void a_scrape_that_is_still_being_made_makes_no_room() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    MetricsRenderer renderer =
        (it, out) -> {
          begun.countDown();
          awaitQuietly(go);
        };
    try (WebFixture web = new WebFixture(renderer, settings.protection(), 1, null)) {
      var first = web.getAsync("/metrics");
      begun.await();
      settings.nanos = Duration.ofMinutes(1).toNanos();
      assertThat(web.get("/metrics").statusCode()).isEqualTo(503);
      go.countDown();
      assertThat(first.get().statusCode()).isEqualTo(200);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private WebProtection protection() {
    return new WebProtection(
        settings,
        UnprotectedWeb.ANY_HOST,
        new TestFiles(),
        it -> {},
        System::nanoTime,
        REQUEST_TIMEOUT);
  }

  private WebFixture fixture() throws IOException {
    return new WebFixture(protection());
  }

  private Authority serveTls() throws Exception {
    Authority authority = new Authority("ca");
    settings.now =
        MutableSettings.tls(MutableSettings.showing(authority.issue("ip:127.0.0.1"))).now;
    return authority;
  }

  /** Sends a byte now and then; returns how many until the server ends the connection. */
  private static int bytesUntilItEnds(Socket socket, int sent) throws Exception {
    return piecesUntilItEnds(socket, new byte[] {(byte) sent});
  }

  private static int piecesUntilItEnds(Socket socket, byte[] sent) throws Exception {
    socket.setSoTimeout((int) PAUSE.toMillis());
    for (int i = 0; i < MAX_PAUSES; i++) {
      Awaiting.passing(PAUSE);
      try {
        socket.getOutputStream().write(sent);
        if (isAtItsEnd(socket.getInputStream())) {
          return i;
        }
      } catch (SocketTimeoutException e) {
        // Nothing comes back: it still waits.
      } catch (SocketException e) {
        return i;
      }
    }
    throw new AssertionError("it waits for ever");
  }

  private static boolean isAtItsEnd(InputStream in) throws IOException {
    try {
      return in.read(new byte[1024]) < 0;
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
      return true;
    }
  }

  private static long drained(Socket socket) throws IOException {
    long[] bytes = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int one) {
            bytes[0]++;
          }
        };
    try {
      socket.getInputStream().transferTo(counting);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return bytes[0];
  }
}
