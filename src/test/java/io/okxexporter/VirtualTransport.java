package io.okxexporter;

import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.SimulatedExchange;
import io.okxexporter.simulator.SimulatedRegion;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries requests to the simulated exchange in virtual time, faults included. */
public final class VirtualTransport implements Transport {
  /** The bound on a whole call, as in real life. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  /**
   * A connection that breaks under a request.
   *
   * @param after when, counted from the sending
   * @param arrival when the request arrives nevertheless, counted from the sending
   */
  public record Break(Duration after, Duration arrival) {}

  private final SimulatedExchange exchange;
  private final VirtualTime time;
  private final Supplier<Optional<Break>> breaks;

  /** A request under way: whatever ends it first is what the caller sees. */
  private static final class Call {
    private final Consumer<Reply> done;
    private boolean ended;

    Call(Consumer<Reply> done) {
      this.done = done;
    }

    void end(Reply reply) {
      if (!ended) {
        ended = true;
        done.accept(reply);
      }
    }

    void react(Reaction reaction, SimulatedResponse response) {
      if (reaction instanceof Reaction.Normal) {
        end(reply(response));
      } else if (reaction instanceof Reaction.Answer answer) {
        end(reply(answer.response()));
      } else if (reaction instanceof Reaction.Truncated) {
        end(new Fault(false, true, "unexpected end of stream"));
      } else if (reaction instanceof Reaction.Reset) {
        end(new Fault(false, true, "connection reset"));
      }
      // a stall ends in the timeout
    }
  }

  /** Delays and time-outs pass by {@code time}. */
  public VirtualTransport(SimulatedExchange exchange, VirtualTime time) {
    this(exchange, time, Optional::empty);
  }

  /**
   * @param breaks asked for each request: whether its connection breaks
   */
  public VirtualTransport(
      SimulatedExchange exchange, VirtualTime time, Supplier<Optional<Break>> breaks) {
    this.exchange = exchange;
    this.time = time;
    this.breaks = breaks;
  }

  @Override
  public Cancellation send(Request request, Consumer<Reply> done) {
    SimulatedRequest sent =
        new SimulatedRequest("GET", request.target(), request.headers())
            .to(region(request.baseUrl()));
    Behaviour plan = exchange.plan(sent);
    Call call = new Call(done);
    Optional<Break> broken = breaks.get();
    time.schedule(
        () -> arrive(sent, plan, call), broken.map(Break::arrival).orElse(plan.delayBefore()));
    Duration timeout = request.timeout() == null ? CALL_TIMEOUT : request.timeout();
    time.schedule(() -> call.end(new Fault(true, true, "timeout")), timeout);
    broken.ifPresent(
        it -> time.schedule(() -> call.end(new Fault(false, true, "broken pipe")), it.after()));
    // What was sent arrives all the same: that is the worst case.
    return () -> {};
  }

  /** The world's hosts have the names of the real ones; what has another name is global. */
  private static SimulatedRegion region(URI baseUrl) {
    return switch (baseUrl.getHost()) {
      case "eea.okx.com" -> SimulatedRegion.EEA;
      case "us.okx.com" -> SimulatedRegion.US;
      default -> SimulatedRegion.GLOBAL;
    };
  }

  /** Also after the caller gave up: a lost request may still arrive. */
  private void arrive(SimulatedRequest request, Behaviour plan, Call call) {
    SimulatedResponse response = exchange.respond(time.nanoTime(), time.now(), request);
    time.schedule(() -> call.react(plan.reaction(), response), plan.delayAfter());
  }

  private static Response reply(SimulatedResponse response) {
    byte[] body = response.body();
    return new Response(
        response.status(), response.headers().get("Retry-After"), Arrays.copyOf(body, body.length));
  }
}
