package io.okxexporter.okx;

import io.okxexporter.model.Clock;
import io.okxexporter.model.ClockSkew;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends requests to OKX, signed or not, each once, and turns the replies into outcomes. */
final class RequestSender {
  private final Transport transport;
  private final Clock clock;
  private final Function<URI, Duration> skews;
  private final String userAgent;

  /**
   * What is requested.
   *
   * @param query with its question mark, byte for byte as sent; empty for none
   * @param timeout if it is shorter than the transport's, else null
   * @param reader reads the response
   */
  record Query<T>(
      Endpoint endpoint,
      String query,
      @Nullable Duration timeout,
      ResponseClassifier.DataReader<T> reader) {
    /** Path and query, as signed and as sent. */
    String target() {
      return endpoint.path() + query;
    }
  }

  RequestSender(Transport transport, Clock clock, Function<URI, Duration> skews, String userAgent) {
    this.transport = transport;
    this.clock = clock;
    this.skews = skews;
    this.userAgent = userAgent;
  }

  <T> void sendSigned(User user, Query<T> query, Consumer<Outcome<T>> done) {
    Redaction redaction = new Redaction(user.secrets());
    send(
        () ->
            new Request(
                user.baseUrl(),
                query.target(),
                signedHeaders(user, query.target()),
                user.proxy(),
                query.timeout(),
                query.endpoint().maxBodyBytes(),
                null),
        user.baseUrl(),
        query.reader(),
        redaction,
        done);
  }

  /**
   * @param trace records how the connection is made, null for no record
   */
  <T> void sendUnsigned(
      URI host,
      @Nullable HttpProxy proxy,
      Query<T> query,
      @Nullable ConnectTrace trace,
      Consumer<Outcome<T>> done) {
    send(
        () ->
            new Request(
                host,
                query.target(),
                unsignedHeaders(),
                proxy,
                query.timeout(),
                query.endpoint().maxBodyBytes(),
                trace),
        host,
        query.reader(),
        new Redaction(List.of()),
        done);
  }

  private <T> void send(
      Supplier<Request> request,
      URI host,
      ResponseClassifier.DataReader<T> reader,
      Redaction redaction,
      Consumer<Outcome<T>> done) {
    Request created;
    try {
      created = request.get();
    } catch (Throwable e) {
      done.accept(broken("the request could not be created", e));
      return;
    }
    Instant now = clock.now().minus(skews.apply(host));
    transport.send(created, reply -> done.accept(safeOutcome(reply, reader, redaction, now)));
  }

  private static <T> Outcome<T> broken(String what, Throwable e) {
    String detail = what + ": " + e.getClass().getName();
    return Outcome.Failure.answered(Reason.UNKNOWN, null, detail, Duration.ZERO);
  }

  private Map<String, String> unsignedHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", userAgent);
    headers.put("Accept", "application/json");
    // Most responses have a few hundred bytes, and without compression there is no gzip bomb.
    headers.put("Accept-Encoding", "identity");
    return headers;
  }

  private Map<String, String> signedHeaders(User user, String target) {
    Credentials key = user.credentials();
    String timestamp = Signer.timestamp(signingTime(user.baseUrl()));
    Map<String, String> headers = unsignedHeaders();
    headers.put("OK-ACCESS-KEY", key.apiKey().reveal());
    headers.put("OK-ACCESS-PASSPHRASE", key.passphrase().reveal());
    headers.put("OK-ACCESS-TIMESTAMP", timestamp);
    headers.put("OK-ACCESS-SIGN", Signer.sign(key.secretKey(), timestamp, target));
    if (user.demo()) {
      headers.put("x-simulated-trading", "1");
    }
    return headers;
  }

  /** Our time, or OKX's as measured if ours is so far off that OKX might reject it. */
  private Instant signingTime(URI host) {
    Duration skew = skews.apply(host);
    return skew.abs().compareTo(ClockSkew.TOLERATED) > 0 ? clock.now().minus(skew) : clock.now();
  }

  /** Turns any bug of ours into an outcome, as the caller would otherwise wait for ever. */
  private <T> Outcome<T> safeOutcome(
      Reply reply, ResponseClassifier.DataReader<T> reader, Redaction redaction, Instant now) {
    try {
      return outcome(reply, reader, redaction, now);
    } catch (Throwable e) {
      return broken("the response could not be read", e);
    }
  }

  private <T> Outcome<T> outcome(
      Reply reply, ResponseClassifier.DataReader<T> reader, Redaction redaction, Instant now) {
    if (reply instanceof Fault fault) {
      Reason reason = fault.timedOut() ? Reason.TIMEOUT : Reason.NETWORK;
      return new Outcome.Failure<>(
          reason, null, fault.detail(), Duration.ZERO, fault.sent(), fault.connect());
    }
    Response response = (Response) reply;
    Duration retryAfter = RetryAfter.parse(response.retryAfter(), now);
    Outcome<T> outcome =
        ResponseClassifier.read(response.status(), retryAfter, response.body(), reader, redaction);
    return explained(outcome, response.contentEncoding(), redaction);
  }

  /** Says of an unreadable response that it is compressed, which an intermediary must have done. */
  private static <T> Outcome<T> explained(
      Outcome<T> outcome, @Nullable String encoding, Redaction redaction) {
    if (encoding == null
        || encoding.equalsIgnoreCase("identity")
        || !(outcome instanceof Outcome.Failure<T> failure)
        || failure.code() != null) {
      return outcome;
    }
    String named = redaction.redact(encoding, failure.reason());
    String detail =
        failure.detail() + ", with Content-Encoding " + named + " although not requested";
    return Outcome.Failure.answered(failure.reason(), null, detail, failure.retryAfter());
  }
}
