package io.okxexporter.web;

import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.connector.DeadlineEndPoint;
import io.okxexporter.web.connector.RequestDeadline;
import io.okxexporter.web.security.BasicCredentials;
import io.okxexporter.web.security.PasswordVerifier;
import io.okxexporter.web.security.PasswordVerifier.LoginClient;
import io.okxexporter.web.security.PasswordVerifier.Verdict;
import io.okxexporter.web.security.TlsMode;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the allowed hosts and then the current web configuration to every request, in the order
 * of exporter-toolkit: a broken configuration, the client's certificate, the rate limit, headers,
 * authentication. It covers every path. A refusal of a request without credentials names the
 * program, except that of a host, so that {@code check} recognizes it.
 */
final class WebConfigHandler extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(WebConfigHandler.class);
  private static final PageResponse NOT_ACCEPTED =
      PageResponse.text(403, "okx-exporter: client certificate not accepted");
  private static final int NETWORK_BYTES = 8; // the /64 of an IPv6 address, which one customer has

  private final TlsMode tls;
  private final AllowedHosts hosts;
  private final TokenBucket bucket;
  private final PasswordVerifier verifier;
  private volatile Map<String, String> headers;
  private @Nullable String loggedProblem;

  /**
   * @param tls the current web configuration, and which clients it accepts
   * @param hosts the hosts that requests may name
   * @param verifier checks the passwords of the configured users
   * @param headers the response headers until the first request
   * @param inside the protected handler
   */
  WebConfigHandler(
      TlsMode tls,
      AllowedHosts hosts,
      TokenBucket bucket,
      PasswordVerifier verifier,
      Map<String, String> headers,
      Handler inside) {
    super(inside);
    this.headers = headers;
    this.tls = tls;
    this.hosts = hosts;
    this.bucket = bucket;
    this.verifier = verifier;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    RequestDeadline deadline = new RequestDeadline(request);
    if (!hosts.allow(request)) {
      LOG.atDebug().addKeyValue("host", request.getHttpURI().getHost()).log("host not allowed");
      PageHandler.send(AllowedHosts.refusal(), response, callback);
      return true;
    }
    WebSettings now;
    try {
      now = tls.now();
      recovered();
    } catch (InvalidWebConfigException e) {
      failed(e.getMessage());
      PageHandler.send(
          PageResponse.text(500, "okx-exporter: invalid web configuration"), response, callback);
      return true;
    }
    Connection connection = request.getConnectionMetaData().getConnection();
    if (!tls.accepts(connection.getEndPoint())) {
      end(connection, response, callback);
      return true;
    }
    if (!bucket.take(now.rateLimit())) {
      PageHandler.send(
          PageResponse.text(429, "okx-exporter: too many requests"), response, callback);
      return true;
    }
    headers = now.headers();
    headers.forEach(response.getHeaders()::put);
    return now.basicAuthUsers().isEmpty()
        ? super.handle(request, response, callback)
        : authenticate(now, deadline, request, response, callback);
  }

  /** HTTP/2 does not know the header. */
  private static void end(Connection connection, Response response, Callback callback) {
    LOG.debug("client certificate not accepted");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    PageHandler.send(NOT_ACCEPTED, response, Callback.from(callback, connection::close));
  }

  /** Returns the configured headers as last read, for responses that Jetty itself makes. */
  Map<String, String> headers() {
    return headers;
  }

  private boolean authenticate(
      WebSettings now,
      RequestDeadline deadline,
      Request request,
      Response response,
      Callback callback) {
    Optional<BasicCredentials> credentials =
        BasicCredentials.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (credentials.isEmpty()) {
      refuse(response, callback);
      return true;
    }
    Thread requestThread = Thread.currentThread();
    deadline.pause();
    LoginClient client =
        new LoginClient(
            network(request),
            presence(request),
            result -> {
              Runnable respond =
                  () -> proceed(result.verdict(), deadline, request, response, callback);
              if (Thread.currentThread() == requestThread) {
                respond.run();
              } else {
                respondLater(respond, result.hold(), request, callback);
              }
            });
    verifier.check(now.basicAuthUsers(), credentials.get(), client);
    return true;
  }

  /** Returns whether the client is connected: HTTP/2 reads all the time, HTTP/1 must be polled. */
  static BooleanSupplier presence(Request request) {
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      return DeadlineEndPoint.of(request)::isConnected;
    }
    AtomicBoolean isConnected = new AtomicBoolean(true);
    request.addFailureListener(failure -> isConnected.set(false));
    return isConnected::get;
  }

  /** Keeps pages off the password thread; holding back a response blocks no thread. */
  private static void respondLater(
      Runnable respond, Duration hold, Request request, Callback callback) {
    Components server = request.getComponents();
    try {
      if (hold.isZero()) {
        server.getExecutor().execute(respond);
      } else {
        server.getScheduler().schedule(respond, hold.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      callback.failed(e); // the server is stopping
    }
  }

  private void proceed(
      Verdict verdict,
      RequestDeadline deadline,
      Request request,
      Response response,
      Callback callback) {
    deadline.resume();
    switch (verdict) {
      case ACCEPTED -> serve(request, response, callback);
      case REFUSED -> refuse(response, callback);
      case UNCHECKED ->
          PageHandler.send(
              PageResponse.text(429, "the password was not checked; try again"),
              response,
              callback);
    }
  }

  private void serve(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private static void refuse(Response response, Callback callback) {
    PageResponse page =
        PageResponse.text(401, "unauthorized")
            .with("WWW-Authenticate", "Basic realm=\"okx-exporter\"");
    PageHandler.send(page, response, callback);
  }

  /** Returns a client's address; for IPv6, its network. */
  static String network(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress it
            && it.getAddress() instanceof Inet6Address address
        ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
        : Request.getRemoteAddr(request);
  }

  private synchronized void failed(@Nullable String problem) {
    if (problem != null && !problem.equals(loggedProblem)) {
      LOG.atError()
          .addKeyValue("problems", problem)
          .log("invalid web configuration; answering 500 until it is fixed");
      loggedProblem = problem;
    }
  }

  private synchronized void recovered() {
    if (loggedProblem != null) {
      LOG.info("web configuration is valid again");
      loggedProblem = null;
    }
  }
}
