package io.okxexporter.tools.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.log.LogFormat;
import io.okxexporter.log.Logging;
import io.okxexporter.okx.Transport;
import io.okxexporter.okx.Transport.Response;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Virtual days of soak in seconds of real time. */
@Tag("slow")
class SoakTest {
  private static final Plan PLAN =
      new Plan(20, 2, 4, Duration.ofMinutes(5), Duration.ofMinutes(16), 1);

  @BeforeEach
  void discardLog() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, OutputStream.nullOutputStream());
  }

  @AfterEach
  void restoreLog() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, System.err);
  }

  @Test
  void days_of_faults_make_no_request_too_early_no_value_wrong_and_nobody_stuck() throws Exception {
    Soak.Result result = run(PLAN, Function.identity());
    assertThat(result.requests()).isGreaterThan(30_000);
    assertThat(result.samples()).isGreaterThan(50_000);
    assertThat(List.of(result.violations(), result.wrong(), result.stuck())).containsOnly(0L);
    assertThat(result.flows()).isGreaterThan(100_000);
    assertThat(List.of(result.missedFlows(), result.wrongFlows())).containsOnly(0L);
    assertThat(result.threads()).hasSize(4);
    assertThat(Collections.max(result.heapBytes()))
        .isLessThan(result.heapBytes().get(1) + 10_000_000);
  }

  @Test
  void at_full_rate_nobody_is_asked_too_often() throws Exception {
    Plan plan = new Plan(5, 3, 1, Duration.ofSeconds(1), Duration.ofMinutes(16), 2);
    Soak.Result result = run(plan, Function.identity());
    assertThat(result.requests()).isGreaterThan(270_000);
    assertThat(List.of(result.violations(), result.wrong(), result.stuck())).containsOnly(0L);
  }

  @Test
  void a_value_that_nobody_told_would_be_noticed() throws Exception {
    Function<Transport, Transport> forger =
        honest ->
            (request, done) ->
                honest.send(
                    request,
                    reply -> done.accept(edited(reply, "totalBal\":\"", "totalBal\":\"-")));
    Plan day = new Plan(20, 2, 1, Duration.ofMinutes(5), Duration.ofMinutes(16), 3);
    assertThat(run(day, forger).wrong()).isGreaterThan(5_000);
  }

  @Test
  void flows_that_are_hidden_or_that_no_ledger_held_would_be_noticed() throws Exception {
    Function<Transport, Transport> thief =
        honest ->
            (request, done) ->
                honest.send(
                    request,
                    reply -> done.accept(edited(reply, "\"type\":\"2\"", "\"type\":\"1\"")));
    Soak.Result result =
        run(new Plan(20, 2, 1, Duration.ofMinutes(5), Duration.ofMinutes(16), 3), thief);
    assertThat(result.missedFlows()).isGreaterThan(1_000);
    assertThat(result.wrongFlows()).isGreaterThan(1_000);
  }

  private static Transport.Reply edited(Transport.Reply reply, String text, String by) {
    return reply instanceof Response response
        ? new Response(
            response.status(),
            null,
            null,
            new String(response.body(), UTF_8).replace(text, by).getBytes(UTF_8))
        : reply;
  }

  private static Soak.Result run(Plan plan, Function<Transport, Transport> wrapper)
      throws Exception {
    return new Soak(plan, wrapper, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .run();
  }
}
