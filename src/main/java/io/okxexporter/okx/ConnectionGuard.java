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
 * Checks a pooled connection before each request, and replaces it if it was closed, holds unread
 * data or is too old. OkHttp does not check: it takes whatever follows a response for the response
 * to the next request. That request is for another unit or even another user, and a response names
 * neither.
 */
final class ConnectionGuard {
  /** Also how long a changed DNS entry takes to be noticed. */
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  /** How long before an announced timeout a connection is retired, to leave the request time. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final Pattern TIMEOUT =
      Pattern.compile("(?i)(?:^|[,;\\s])timeout\\s*=\\s*(\\d{1,9})");

  private final Clock clock;

  /** All connections that have carried a request. */
  private final Map<Connection, Use> used = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * The use of a connection.
   *
   * @param sinceNanos when it was first used
   * @param untilNanos until when it may be used again
   */
  private record Use(long sinceNanos, long untilNanos) {}

  /** The connection was closed instead of used; nothing was written to it. */
  private static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;
  }

  ConnectionGuard(Clock clock) {
    this.clock = clock;
  }

  /** An application interceptor that retries with another connection until one is usable. */
  Response replaceUnusable(Interceptor.Chain chain) throws IOException {
    while (true) {
      try {
        return chain.proceed(chain.request());
      } catch (Unusable e) {
        // It has left the pool; once the pool is empty, OkHttp opens a new one.
      }
    }
  }

  /** A network interceptor, called once the connection is established. */
  Response check(Interceptor.Chain chain) throws IOException {
    Connection connection = Objects.requireNonNull(chain.connection());
    Use use = used.get(connection);
    if (use != null && clock.nanoTime() - use.untilNanos() >= 0) {
      throw new Unusable();
    }
    IOException unexpectedInput = unexpectedInput(chain, connection);
    if (unexpectedInput != null) {
      throw use == null ? unexpectedInput : new Unusable();
    }
    long now = clock.nanoTime();
    Response response = chain.proceed(chain.request());
    long since = use == null ? now : use.sinceNanos();
    used.put(connection, new Use(since, until(since, response.header("Keep-Alive"))));
    return response;
  }

  private static @Nullable IOException unexpectedInput(
      Interceptor.Chain chain, Connection connection) throws IOException {
    return readAhead(chain, connection) > 0
        ? new ChannelSocket.UnsolicitedDataException()
        : ChannelSocket.unexpectedInput(connection.socket());
  }

  /**
   * How many bytes OkHttp has read beyond the last response. Only its internal classes show this:
   * each codec, even an unused one, holds its connection's source.
   */
  private static long readAhead(Interceptor.Chain chain, Connection connection)
      throws SocketException {
    RealInterceptorChain real = (RealInterceptorChain) chain;
    ExchangeCodec codec =
        ((RealConnection) connection).newCodec$okhttp(real.getCall$okhttp().getClient(), real);
    return ((BufferedSocket) codec.getSocket()).getSource().getBuffer().size();
  }

  /** The end of the greatest age, or earlier if the server announced a timeout. */
  private long until(long since, @Nullable String keepAlive) {
    long oldest = since + MAX_AGE.toNanos();
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
