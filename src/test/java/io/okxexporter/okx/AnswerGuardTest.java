package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, with TLS and without. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AnswerGuardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  private static ServerSocketFactory secured = ServerSocketFactory.getDefault();

  private final OkHttpTransport transport =
      new OkHttpTransport(new Timeouts(PATIENCE, PATIENCE), 4, new SimpleMeterRegistry());

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    Certificates authority = new Certificates(folder);
    secured = authority.server("good", "-1d").getServerSocketFactory();
    System.setProperty(TRUST_STORE, authority.trustStore().toString());
  }

  @AfterAll
  static void trustTheUsualAgain() {
    System.clearProperty(TRUST_STORE);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void a_second_answer_is_not_taken_for_that_to_the_next_request(boolean tls, boolean later)
      throws Exception {
    Semaphore both = new Semaphore(0);
    RawServer.Handler twice =
        socket -> {
          OutputStream out = socket.getOutputStream();
          out.write(ANSWER.repeat(later ? 1 : 2).getBytes(UTF_8));
          if (later) {
            out.write(ANSWER.getBytes(UTF_8));
          }
          both.release();
        };
    try (RawServer okx = new RawServer(sockets(tls), twice)) {
      assertThat(send(okx.url())).isInstanceOf(Response.class);
      assertThat(both.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      assertThat(((Fault) send(okx.url())).detail()).contains("before it was asked for");
      assertThat(send(okx.url())).isInstanceOf(Response.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answers_to_one_request_after_another_are_taken_on_one_connection(boolean tls)
      throws Exception {
    try (RawServer okx = new RawServer(sockets(tls), RawServer.answering(ANSWER))) {
      for (int calls = 1; calls <= 5; calls++) {
        assertThat(send(okx.url())).isInstanceOf(Response.class);
      }
      assertThat(okx.connections()).isEqualTo(1);
    }
  }

  private static ServerSocketFactory sockets(boolean tls) {
    return tls ? secured : ServerSocketFactory.getDefault();
  }

  private Reply send(URI url) throws Exception {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    transport.send(
        new Request(url, "/", Map.of("User-Agent", "test"), null, null), reply::complete);
    return reply.get(30, TimeUnit.SECONDS);
  }
}
