package io.okxexporter.web;

import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettingsSource;
import io.okxexporter.web.connector.DeadlineEndPoint;
import io.okxexporter.web.connector.RequestDeadline;
import io.okxexporter.web.security.BasicCredentials;
import io.okxexporter.web.security.PasswordVerifier;
import io.okxexporter.web.security.PasswordVerifier.LoginClient;
import io.okxexporter.web.security.PasswordVerifier.Verdict;
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
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets through what is for an allowed host, and what the web configuration of this moment lets
 * through, in exporter-toolkit's order: a broken configuration, the rate limit, headers,
 * authentication. Holds for every path. Each refusal names the program: {@code check} has to know
 * what listens here.
 */
final class WebConfigHandler extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(WebConfigHandler.class);
  private static final int NETWORK_BYTES = 8; // of an IPv6 address: one customer has them all alike

  private final WebSettingsSource settings;
  private final AllowedHosts hosts;
  private final TokenBucket bucket;
  private final PasswordVerifier authentication;
  private volatile Map<String, String> headers;
  private @Nullable String broken;

  /**
   * @param settings of this moment
   * @param hosts that requests may be for
   * @param authentication of whom the settings name
   * @param headers until the first request
   * @param inside what it guards
   */
  WebConfigHandler(
      WebSettingsSource settings,
      AllowedHosts hosts,
      TokenBucket bucket,
      PasswordVerifier authentication,
      Map<String, String> headers,
      Handler inside) {
    super(inside);
    this.headers = headers;
    this.settings = settings;
    this.hosts = hosts;
    this.bucket = bucket;
    this.authentication = authentication;
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
      now = settings.now();
      recovered();
    } catch (InvalidWebConfigException e) {
      broken(e.getMessage());
      PageHandler.send(
          PageResponse.text(500, "okx-exporter: invalid web configuration"), response, callback);
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

  /** The configured headers as last read, for answers that Jetty gives before anything is asked. */
  Map<String, String> headers() {
    return headers;
  }

  private boolean authenticate(
      WebSettings now,
      RequestDeadline deadline,
      Request request,
      Response response,
      Callback callback) {
    Optional<BasicCredentials> attempt =
        BasicCredentials.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (attempt.isEmpty()) {
      refuse(response, callback);
      return true;
    }
    Thread asking = Thread.currentThread();
    deadline.pause();
    LoginClient asker =
        new LoginClient(
            network(request),
            presence(request),
            finding -> {
              Runnable answer =
                  () -> proceed(finding.verdict(), deadline, request, response, callback);
              if (Thread.currentThread() == asking) {
                answer.run();
              } else {
                later(answer, finding.hold(), request, callback);
              }
            });
    authentication.check(now.basicAuthUsers(), attempt.get(), asker);
    return true;
  }

  /** HTTP/2 reads all the time and says what it finds; HTTP/1 has to be looked at. */
  static BooleanSupplier presence(Request request) {
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      return DeadlineEndPoint.of(request)::isThere;
    }
    AtomicBoolean isThere = new AtomicBoolean(true);
    request.addFailureListener(failure -> isThere.set(false));
    return isThere::get;
  }

  /** The thread that checks passwords renders no pages, and holding back takes no thread. */
  private static void later(Runnable answer, Duration hold, Request request, Callback callback) {
    Components server = request.getComponents();
    try {
      if (hold.isZero()) {
        server.getExecutor().execute(answer);
      } else {
        server.getScheduler().schedule(answer, hold.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      callback.failed(e); // the server stops
    }
  }

  private void proceed(
      Verdict verdict,
      RequestDeadline deadline,
      Request request,
      Response response,
      Callback callback) {
    deadline.beginAnew();
    switch (verdict) {
      case ACCEPTED -> enter(request, response, callback);
      case REFUSED -> refuse(response, callback);
      case UNCHECKED ->
          PageHandler.send(
              PageResponse.text(429, "the password was not checked; try again"),
              response,
              callback);
    }
  }

  private void enter(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private static void refuse(Response response, Callback callback) {
    PageResponse answer =
        PageResponse.text(401, "unauthorized")
            .with("WWW-Authenticate", "Basic realm=\"okx-exporter\"");
    PageHandler.send(answer, response, callback);
  }

  /** The address of a client; of an IPv6 address the network. */
  static String network(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress it
            && it.getAddress() instanceof Inet6Address address
        ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
        : Request.getRemoteAddr(request);
  }

  private synchronized void broken(@Nullable String problem) {
    if (problem != null && !problem.equals(broken)) {
      LOG.atError()
          .addKeyValue("problems", problem)
          .log("invalid web configuration; answering 500 until it is fixed");
      broken = problem;
    }
  }

  private synchronized void recovered() {
    if (broken != null) {
      LOG.info("web configuration is valid again");
      broken = null;
    }
  }
}
