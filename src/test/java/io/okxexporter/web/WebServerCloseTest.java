package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WebServerCloseTest {
  private static final String SCRAPE = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int HUGE = 16 * 1024 * 1024; // more than any socket buffers

  @Test
  void closes_idle_connections() throws Exception {
    WebFixture web = new WebFixture();
    try (Socket socket = web.raw(SCRAPE)) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      closeInTime(web, socket);
    }
  }

  @Test
  void closes_in_the_middle_of_a_request() throws Exception {
    WebFixture web = new WebFixture();
    try (Socket silent = web.raw("");
        Socket half = web.raw("GET /metrics HTTP/1.1\r\nHos")) {
      assertThat(web.get("/-/healthy").statusCode()).isEqualTo(200);
      closeInTime(web, silent, half);
    }
  }

  @Test
  void closes_on_a_client_that_does_not_read() throws Exception {
    WebFixture web = new WebFixture((request, out) -> out.write(new byte[HUGE]));
    try (Socket socket = web.raw(SCRAPE)) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      closeInTime(web, socket);
    }
  }

  @Test
  void closes_although_a_scrape_hangs() throws Exception {
    CountDownLatch rendering = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    MetricsRenderer renderer =
        (request, out) -> {
          rendering.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new InterruptedIOException();
          }
        };
    WebFixture web = new WebFixture(renderer);
    try (Socket socket = web.raw(SCRAPE)) {
      rendering.await();
      closeInTime(web, socket);
    }
  }

  @Test
  void clients_that_neither_read_nor_finish_hold_no_thread() throws Exception {
    WebFixture web = new WebFixture((request, out) -> out.write(new byte[HUGE / 4]));
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sockets.add(web.raw(SCRAPE));
      sockets.add(web.raw("GET /metrics HTTP/1.1\r\nHos"));
    }
    assertThat(web.get("/-/healthy").statusCode()).isEqualTo(200);
    closeInTime(web, sockets.toArray(Socket[]::new));
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void closing_twice_or_unstarted_does_nothing() throws Exception {
    WebFixture web = new WebFixture();
    web.close();
    web.close();
    try (ServerSocket again = new ServerSocket()) {
      again.bind(web.address());
      assertThat(again.isBound()).isTrue();
    }
  }

  private static void closeInTime(WebFixture web, Socket... sockets) throws IOException {
    assertTimeoutPreemptively(Duration.ofSeconds(2), web::close);
    for (Socket socket : sockets) {
      drain(socket);
    }
  }

  /** Ends because the server closed; a socket that stays open would time out here. */
  private static void drain(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }
}
