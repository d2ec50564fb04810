package io.okxexporter.simulator;

import io.okxexporter.model.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Plays each request's {@link Behaviour} on its connection. No thread waits for a delay. */
public final class ScriptedHandler extends Handler.Abstract.NonBlocking {
  private final ScriptedExchange exchange;
  private final Clock clock;

  /** Handles the requests to a host of the global region. */
  public ScriptedHandler(ScriptedExchange exchange, Clock clock) {
    this.exchange = exchange;
    this.clock = clock;
  }

  /** Returns a server with this handler, on any free port of loopback; not yet started. */
  public static SimulatedServer server(ScriptedExchange exchange, Clock clock) {
    return new SimulatedServer(
        new ScriptedHandler(exchange, clock),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long nanos = clock.nanoTime();
    Instant now = clock.now();
    SimulatedRequest simulated = ExchangeHandler.convert(request, SimulatedRegion.GLOBAL);
    Behaviour behaviour = exchange.plan(simulated);
    Duration before = behaviour.delayBefore();
    // The planned arrival, not the timer's: a late timer is not network jitter.
    after(
        before,
        request,
        () -> {
          SimulatedResponse normal =
              exchange.respond(nanos + before.toNanos(), now.plus(before), simulated);
          Runnable reaction =
              () -> react(behaviour.reaction(), normal, request, response, callback);
          after(behaviour.delayAfter(), request, reaction);
        });
    return true;
  }

  private static void after(Duration delay, Request request, Runnable task) {
    if (delay.isZero()) {
      task.run();
    } else {
      request.getComponents().getScheduler().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static void react(
      Reaction reaction,
      SimulatedResponse normal,
      Request request,
      Response response,
      Callback callback) {
    if (reaction instanceof Reaction.Normal) {
      ExchangeHandler.write(normal, response, callback);
    } else if (reaction instanceof Reaction.Answer answer) {
      ExchangeHandler.write(answer.response(), response, callback);
    } else if (reaction instanceof Reaction.Truncated truncated) {
      truncate(normal, truncated.bytes(), request, response, callback);
    } else if (reaction instanceof Reaction.Reset) {
      reset(request, callback);
    }
    // A stall: the callback is never completed.
  }

  private static void truncate(
      SimulatedResponse normal, int bytes, Request request, Response response, Callback callback) {
    ExchangeHandler.head(normal, response);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, normal.body().length);
    int length = Math.min(bytes, normal.body().length);
    response.write(
        false,
        ByteBuffer.wrap(normal.body(), 0, length),
        Callback.from(() -> cut(request, callback), callback::failed));
  }

  /** With linger 0, the kernel closes with a reset. */
  private static void reset(Request request, Callback callback) {
    try {
      ((SocketChannel) endPoint(request).getTransport())
          .setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException closedAlready) {
      // there is nothing to reset
    }
    cut(request, callback);
  }

  private static void cut(Request request, Callback callback) {
    endPoint(request).close();
    callback.failed(new IOException("cut by the script"));
  }

  private static EndPoint endPoint(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}
