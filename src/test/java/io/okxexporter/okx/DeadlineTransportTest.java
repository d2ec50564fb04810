package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.World;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Uses a transport that completes a request only when the test does, in virtual time. */
class DeadlineTransportTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Response RESPONSE = new Response(200, null, null, new byte[0]);

  private final VirtualTime time = new VirtualTime(World.START);
  private final List<Consumer<Reply>> sent = new ArrayList<>();
  private final List<String> happened = new ArrayList<>();
  private final DeadlineTransport transport =
      new DeadlineTransport(
          (request, done) -> {
            sent.add(done);
            return () -> happened.add("cancelled");
          },
          TIMEOUT,
          time,
          time);

  private void send(@Nullable Duration timeout) {
    transport.send(
        new Request(URI.create("http://127.0.0.1:1"), "/", Map.of(), null, timeout, 1024, null),
        reply -> happened.add(reply instanceof Fault fault ? fault.detail() : "answered"));
  }

  @Test
  void what_completes_in_time_is_left_alone() {
    send(null);
    time.advance(TIMEOUT);
    sent.get(0).accept(RESPONSE);
    time.advance(Duration.ofHours(1));
    assertThat(happened).containsExactly("answered");
  }

  @Test
  void what_does_not_complete_is_cancelled_first_and_ended_then() {
    send(null);
    time.advance(TIMEOUT.plusMillis(900));
    assertThat(happened).isEmpty();
    time.advance(Duration.ofMillis(1100));
    assertThat(happened)
        .containsExactly("cancelled", "not completed within 11 s, connection closed");
  }

  @Test
  void what_completes_later_is_ignored() {
    send(null);
    time.advance(Duration.ofSeconds(12));
    sent.get(0).accept(RESPONSE);
    assertThat(happened).hasSize(2).doesNotContain("answered");
  }

  @Test
  void a_request_with_a_timeout_of_its_own_is_ended_after_that_and_no_other_with_it() {
    send(null);
    send(Duration.ofSeconds(5));
    time.advance(Duration.ofSeconds(7));
    assertThat(happened)
        .containsExactly("cancelled", "not completed within 6 s, connection closed");
    sent.get(0).accept(RESPONSE);
    assertThat(happened).hasSize(3).endsWith("answered");
  }

  @Test
  void it_counts_as_a_lost_answer() {
    List<Reply> replies = new ArrayList<>();
    Request request =
        new Request(URI.create("http://127.0.0.1:1"), "/", Map.of(), null, null, 1024, null);
    transport.send(request, replies::add);
    time.advance(Duration.ofSeconds(12));
    assertThat(replies)
        .singleElement()
        .isEqualTo(new Fault(true, true, "not completed within 11 s, connection closed"));
  }

  @Test
  void a_transport_that_throws_has_answered() {
    List<Reply> replies = new ArrayList<>();
    new DeadlineTransport(
            (request, done) -> {
              throw new StackOverflowError();
            },
            TIMEOUT,
            time,
            time)
        .send(
            new Request(URI.create("http://127.0.0.1:1"), "/", Map.of(), null, null, 1024, null),
            replies::add);
    time.advance(Duration.ofHours(1));
    assertThat(replies)
        .singleElement()
        .isEqualTo(new Fault(false, true, "not sent: java.lang.StackOverflowError"));
  }

  @Test
  void a_transport_that_cannot_even_cancel_does_not_keep_the_end_from_coming() {
    List<Reply> replies = new ArrayList<>();
    DeadlineTransport stubborn =
        new DeadlineTransport(
            (request, done) ->
                () -> {
                  throw new IllegalStateException("it does not end");
                },
            TIMEOUT,
            time,
            time);
    Request request =
        new Request(URI.create("http://127.0.0.1:1"), "/", Map.of(), null, null, 1024, null);
    stubborn.send(request, replies::add);
    stubborn.send(request, replies::add);
    time.advance(Duration.ofSeconds(12));
    assertThat(replies)
        .hasSize(2)
        .containsOnly(
            new Fault(
                true,
                true,
                "not completed within 11 s, connection not closed:"
                    + " java.lang.IllegalStateException"));
  }
}
