package io.okxexporter.okx;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.okxexporter.model.Clock;
import io.okxexporter.model.ConnectFault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * A transport over OkHttp that makes synchronous calls, each in a thread. HTTP/1.1 only, sockets
 * with linger 0, no redirects, no resends; docs/RATIONALE.md explains why.
 */
public final class OkHttpTransport implements Transport, AutoCloseable {
  /** The status of a proxy for a request that is not encrypted. */
  private static final int PROXY_LOGIN_REQUIRED = 407;

  /** What OkHttp and Okio quote of a response they cannot read, which may be a balance. */
  private static final Pattern QUOTATION = Pattern.compile("(?s)(:| but was).*");

  private static final Duration IDLE_THREAD = Duration.ofSeconds(20);

  /** While this many threads have not returned from cancelled requests, no request starts. */
  private static final int MAX_STUCK = 64;

  private final ThreadPoolExecutor workers = workers();
  private final HttpClients clients;

  /** Exchanges that were cancelled but have not ended. */
  private final Set<NoResendInterceptor> stuck = ConcurrentHashMap.newKeySet();

  /** Caches parsed URLs, as parsing a host allocates more than the rest of a request. */
  private final Map<URI, HttpUrl> hosts = new ConcurrentHashMap<>();

  /**
   * @param maxInFlight most requests at once, and most idle connections per pool
   * @param clock measures the age of connections
   * @param meters receives OkHttp's metrics
   */
  public OkHttpTransport(Timeouts timeouts, int maxInFlight, Clock clock, MeterRegistry meters) {
    clients = new HttpClients(timeouts, maxInFlight, clock, meters);
    Gauge.builder("okhttp.stuck.threads", stuck, Set::size)
        .description("Threads that have not returned from an abandoned request.")
        .register(meters);
  }

  /** One thread for each request in flight, whose number the caller limits. */
  private static ThreadPoolExecutor workers() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_THREAD.toMillis(),
        TimeUnit.MILLISECONDS,
        // Reuses idle threads, the most recently active first, before creating one.
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "okx-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public Cancellation send(Request request, Consumer<Reply> done) {
    NoResendInterceptor exchange = new NoResendInterceptor();
    try {
      if (stuck.size() >= MAX_STUCK) {
        throw new RejectedExecutionException(stuck.size() + " threads did not return");
      }
      workers.execute(() -> done.accept(exchange(request, exchange)));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The transport is closed or no thread can be created.
      done.accept(new Fault(false, false, describe(e)));
    }
    return () -> cancel(exchange);
  }

  @Override
  public void trust(List<X509Certificate> authorities) throws IOException {
    clients.trust(authorities);
  }

  private void cancel(NoResendInterceptor exchange) {
    exchange.cancel();
    stuck.add(exchange);
    if (exchange.isOver()) {
      stuck.remove(exchange);
    }
  }

  /** Catches everything: OkHttp is Kotlin, which throws undeclared checked exceptions. */
  private Reply exchange(Request request, NoResendInterceptor exchange) {
    try {
      return response(request, exchange);
    } catch (Throwable e) {
      return new Fault(timedOut(e), exchange.sent(), describe(e), connectFault(e, exchange));
    } finally {
      exchange.end();
      stuck.remove(exchange);
    }
  }

  /** The cause as {@code check} reports it; null where the reason says as much. */
  private static @Nullable ConnectFault connectFault(Throwable e, NoResendInterceptor exchange) {
    if (exchange.sent() || timedOut(e)) {
      return null;
    }
    ConnectFault fault = ConnectFaultClassifier.of(e);
    return fault == ConnectFault.OTHER ? null : fault;
  }

  private Reply response(Request request, NoResendInterceptor exchange) throws IOException {
    Call call = clients.client(request.proxy()).newCall(okHttpRequest(request, exchange));
    if (request.timeout() != null) {
      call.timeout().timeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
    exchange.attach(call);
    try (okhttp3.Response response = call.execute()) {
      byte[] body = bounded(response.body().source(), request.maxBodyBytes());
      if (exchange.status() == PROXY_LOGIN_REQUIRED && request.proxy() != null) {
        return new Fault(false, false, "HTTP 407", ConnectFault.PROXY_LOGIN);
      }
      return new Response(
          exchange.status(),
          response.header("Retry-After"),
          response.header("Content-Encoding"),
          body);
    }
  }

  private okhttp3.Request okHttpRequest(Request request, NoResendInterceptor exchange) {
    Headers headers = Headers.of(request.headers());
    HttpUrl host = hosts.computeIfAbsent(request.baseUrl(), url -> HttpUrl.get(url.toString()));
    return new okhttp3.Request.Builder()
        .url(Objects.requireNonNull(host.resolve(request.target())))
        .headers(host.isHttps() ? headers : ProxyLogin.added(request.proxy(), headers))
        .tag(NoResendInterceptor.class, exchange)
        .tag(ConnectTrace.class, request.trace())
        .build();
  }

  /** Reads the body up to the limit; a truncated body is rejected as malformed JSON. */
  private static byte[] bounded(BufferedSource source, int maxBytes) throws IOException {
    Buffer body = new Buffer();
    while (body.size() < maxBytes) {
      if (source.read(body, maxBytes - body.size()) == -1) {
        break;
      }
    }
    return body.readByteArray();
  }

  /** OkHttp reports every timeout, whether of the call or of connecting, as an interruption. */
  private static boolean timedOut(Throwable e) {
    return e instanceof InterruptedIOException;
  }

  private static String describe(Throwable e) {
    String message = String.valueOf(e.getMessage());
    boolean quotes = e instanceof ProtocolException || e instanceof EOFException;
    String safe = quotes ? QUOTATION.matcher(message).replaceFirst("") : message;
    return e.getClass().getSimpleName() + ": " + Redaction.shorten(safe, 160);
  }

  /** Cancels all calls in progress and ends all threads. */
  @Override
  public void close() {
    workers.shutdownNow();
    clients.close();
  }
}
