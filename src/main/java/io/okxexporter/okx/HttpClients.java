package io.okxexporter.okx;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpMetricsEventListener;
import io.okxexporter.model.Clock;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.okx.Transport.Timeouts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The OkHttp clients, which share everything but their connection pools. After each response OkHttp
 * visits every connection of the pool, so each pool serves few threads, and each thread keeps to
 * one pool.
 */
final class HttpClients implements AutoCloseable {
  private static final int THREADS_PER_POOL = 32;

  /** Longer than the default poll interval, so that connections are normally reused. */
  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);

  private final Timeouts timeouts;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Dispatcher dispatcher = new Dispatcher();
  private final List<ConnectionPool> pools;
  private final AtomicInteger threads = new AtomicInteger();
  private final ThreadLocal<ConnectionPool> poolOfThread = ThreadLocal.withInitial(this::nextPool);
  private volatile Generation current = new Generation(null);

  private record Route(ConnectionPool pool, @Nullable HttpProxy via) {
    Proxy proxy() {
      return via == null
          ? Proxy.NO_PROXY
          : new Proxy(
              Proxy.Type.HTTP,
              InetSocketAddress.createUnresolved(via.url().getHost(), via.url().getPort()));
    }
  }

  /**
   * @param maxInFlight most requests at once, and most idle connections per pool
   * @param clock measures the age of connections
   * @param meters receives OkHttp's metrics
   */
  HttpClients(Timeouts timeouts, int maxInFlight, Clock clock, MeterRegistry meters) {
    this.timeouts = timeouts;
    this.clock = clock;
    this.meters = meters;
    int count = (maxInFlight + THREADS_PER_POOL - 1) / THREADS_PER_POOL;
    pools = Stream.generate(() -> newPool(maxInFlight)).limit(count).toList();
    measure("idle", ConnectionPool::idleConnectionCount);
    measure("active", pool -> pool.connectionCount() - pool.idleConnectionCount());
  }

  private static ConnectionPool newPool(int maxIdle) {
    return new ConnectionPool(maxIdle, IDLE_CONNECTION.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Registers a gauge named and labelled like Micrometer's, which supports one pool only. */
  private void measure(String state, ToIntFunction<ConnectionPool> count) {
    Gauge.builder("okhttp.pool.connection.count", () -> pools.stream().mapToInt(count).sum())
        .description("Open connections to OKX.")
        .baseUnit(BaseUnits.CONNECTIONS)
        .tag("state", state)
        .register(meters);
  }

  private ConnectionPool nextPool() {
    return pools.get(threads.getAndIncrement() / THREADS_PER_POOL % pools.size());
  }

  /** The client of the calling thread. */
  OkHttpClient client(@Nullable HttpProxy via) {
    return current.client(new Route(poolOfThread.get(), via));
  }

  /**
   * Trusts these authorities, besides those of Java, and no others from now on. Requests in flight
   * end as they began; connections that they leave are used no more.
   *
   * @throws IOException if Java's own trust store cannot be read; nothing changes then
   */
  void trust(List<X509Certificate> authorities) throws IOException {
    if (!authorities.equals(current.authorities())) {
      current = new Generation(authorities.isEmpty() ? null : AddedTrust.of(authorities));
      pools.forEach(ConnectionPool::evictAll);
    }
  }

  /** The clients that trust the same authorities, and so share connections and TLS sessions. */
  private final class Generation {
    private final @Nullable AddedTrust added;
    private final Map<Route, OkHttpClient> clients = new ConcurrentHashMap<>();
    private @Nullable OkHttpClient first;

    /**
     * @param added null for Java's own authorities alone
     */
    Generation(@Nullable AddedTrust added) {
      this.added = added;
    }

    List<X509Certificate> authorities() {
      return added == null ? List.of() : added.authorities();
    }

    OkHttpClient client(Route route) {
      return clients.computeIfAbsent(
          route,
          it ->
              first()
                  .newBuilder()
                  .connectionPool(it.pool())
                  .proxy(it.proxy())
                  .proxyAuthenticator(ProxyLogin.of(it.via()))
                  .build());
    }

    /** Created on the first request, as loading TLS takes as long as the rest of the start. */
    private synchronized OkHttpClient first() {
      OkHttpClient created = first;
      if (created == null) {
        OkHttpClient.Builder builder = builder();
        created =
            (added == null ? builder : builder.sslSocketFactory(added.sockets(), added.manager()))
                .build();
        first = created;
      }
      return created;
    }
  }

  private OkHttpClient.Builder builder() {
    ConnectionGuard guard = new ConnectionGuard(clock);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .protocols(List.of(Protocol.HTTP_1_1))
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .socketFactory(new ChannelSocketFactory())
        .addInterceptor(guard::replaceUnusable)
        .addNetworkInterceptor(guard::check)
        .addNetworkInterceptor(NoResendInterceptor::intercept)
        .eventListenerFactory(events(metrics(meters)))
        .connectTimeout(timeouts.connect())
        // One timeout for the whole call instead of one for each read.
        .callTimeout(timeouts.call())
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO);
  }

  private static EventListener.Factory events(EventListener metrics) {
    return call -> {
      ConnectTrace trace = call.request().tag(ConnectTrace.class);
      return trace == null ? metrics : metrics.plus(new ConnectEvents(trace));
    };
  }

  private static OkHttpMetricsEventListener metrics(MeterRegistry meters) {
    return OkHttpMetricsEventListener.builder(meters, "okhttp.requests")
        .uriMapper(request -> request.url().encodedPath())
        .includeHostTag(false)
        .build();
  }

  /** Cancels all calls in progress. */
  @Override
  public void close() {
    dispatcher.cancelAll();
    pools.forEach(ConnectionPool::evictAll);
  }
}
