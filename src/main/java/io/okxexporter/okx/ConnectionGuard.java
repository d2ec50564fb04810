package io.okxexporter.okx;

import io.okxexporter.model.Clock;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.internal.connection.BufferedSocket;
import okhttp3.internal.connection.RealConnection;
import okhttp3.internal.http.ExchangeCodec;
import okhttp3.internal.http.RealInterceptorChain;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a kept connection before a request is written to it, and has it replaced if it was
 * closed, if anything waits on it, or if it is too old. OkHttp itself does not look, and takes
 * whatever follows an answer for the answer to the next request, which is about another unit or
 * even another user: neither is named in an answer.
 */
final class ConnectionGuard {
  /** A changed DNS entry is followed after as long. */
  private static final Duration GREATEST_AGE = Duration.ofMinutes(5);

  /** How long before an announced timeout a connection is given up: the request takes its time. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Pattern TIMEOUT =
      Pattern.compile("(?i)(?:^|[,;\\s])timeout\\s*=\\s*(\\d{1,9})");

  private final Clock clock;

  /** Each connection that has carried a request. */
  private final Map<Connection, Use> used = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * When a connection was used.
   *
   * @param sinceNanos first
   * @param untilNanos for how long it may be used again
   */
  private record Use(long sinceNanos, long untilNanos) {}

  /** The connection was closed instead of being used; nothing was written to it. */
  private static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;
  }

  ConnectionGuard(Clock clock) {
    this.clock = clock;
  }

  /** An application interceptor: goes on with another connection until one can be used. */
  Response replaceUnusable(Interceptor.Chain chain) throws IOException {
    while (true) {
      try {
        return chain.proceed(chain.request());
      } catch (Unusable e) {
        // It is gone from the pool; the last to be taken is a new one.
      }
    }
  }

  /** A network interceptor, called once the connection stands. */
  Response check(Interceptor.Chain chain) throws IOException {
    Connection connection = Objects.requireNonNull(chain.connection());
    Use use = used.get(connection);
    if (use != null && clock.nanoTime() - use.untilNanos() >= 0) {
      throw new Unusable();
    }
    IOException unasked = unasked(chain, connection);
    if (unasked != null) {
      throw use == null ? unasked : new Unusable();
    }
    long now = clock.nanoTime();
    Response response = chain.proceed(chain.request());
    long since = use == null ? now : use.sinceNanos();
    used.put(connection, new Use(since, until(since, response.header("Keep-Alive"))));
    return response;
  }

  private static @Nullable IOException unasked(Interceptor.Chain chain, Connection connection)
      throws IOException {
    return readAhead(chain, connection) > 0
        ? new ChannelSocket.UnaskedDataException()
        : ChannelSocket.unasked(connection.socket());
  }

  /**
   * How much OkHttp has read beyond the last answer. Only its own classes show: each codec, also
   * one that is not used, has the source of its connection.
   */
  private static long readAhead(Interceptor.Chain chain, Connection connection)
      throws SocketException {
    RealInterceptorChain real = (RealInterceptorChain) chain;
    ExchangeCodec codec =
        ((RealConnection) connection).newCodec$okhttp(real.getCall$okhttp().getClient(), real);
    return ((BufferedSocket) codec.getSocket()).getSource().getBuffer().size();
  }

  /** The greatest age, or earlier where the other side announced when it closes. */
  private long until(long since, @Nullable String keepAlive) {
    long oldest = since + GREATEST_AGE.toNanos();
    Matcher timeout = TIMEOUT.matcher(keepAlive == null ? "" : keepAlive);
    if (!timeout.find()) {
      return oldest;
    }
    Duration announced = Duration.ofSeconds(Long.parseLong(timeout.group(1)));
    Duration usable = max(announced.minus(MARGIN), announced.dividedBy(2));
    return Math.min(oldest, clock.nanoTime() + usable.toNanos());
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
