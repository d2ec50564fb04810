package io.okxexporter.okx;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reason;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.okx.Transport.Fault;
import io.okxexporter.okx.Transport.Reply;
import io.okxexporter.okx.Transport.Request;
import io.okxexporter.okx.Transport.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Asks OKX one thing, once, and tells what came of it. Paces nothing: that is the caller's. */
public final class OkxClient {
  private final Transport transport;
  private final Clock clock;
  private final String userAgent;

  /**
   * @param clock whose wall time signs the requests
   * @param userAgent the header {@code User-Agent}
   */
  public OkxClient(Transport transport, Clock clock, String userAgent) {
    this.transport = transport;
    this.clock = clock;
    this.userAgent = userAgent;
  }

  /**
   * Asks what a user is worth in one unit; calls back exactly once, on any thread.
   *
   * @param ccy always sent, since the answer does not name its unit
   * @see <a
   *     href="https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-account-asset-valuation">
   *     Get account asset valuation</a>
   */
  public void valuation(User user, String ccy, Consumer<Outcome<Valuation>> done) {
    String target = Endpoint.ASSET_VALUATION.path() + "?ccy=" + ccy;
    Request request = new Request(user.baseUrl(), target, headers(user, target), user.proxyUrl());
    transport.send(
        request,
        reply ->
            done.accept(
                outcome(reply, new ValuationReader(ccy), new Redaction(user.credentials()))));
  }

  private Map<String, String> headers(User user, String target) {
    Credentials key = user.credentials();
    String timestamp = Signer.timestamp(clock.now());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", userAgent);
    headers.put("Accept", "application/json");
    // Answers are a few hundred bytes; without compression there is no gzip bomb either.
    headers.put("Accept-Encoding", "identity");
    headers.put("OK-ACCESS-KEY", key.apiKey().reveal());
    headers.put("OK-ACCESS-PASSPHRASE", key.passphrase().reveal());
    headers.put("OK-ACCESS-TIMESTAMP", timestamp);
    headers.put("OK-ACCESS-SIGN", Signer.sign(key.secretKey(), timestamp, target));
    if (user.demo()) {
      headers.put("x-simulated-trading", "1");
    }
    return headers;
  }

  private <T> Outcome<T> outcome(
      Reply reply, Answers.DataReader<T> dataReader, Redaction redaction) {
    if (reply instanceof Fault fault) {
      Reason reason = fault.timedOut() ? Reason.TIMEOUT : Reason.NETWORK;
      return new Outcome.Failure<>(reason, null, fault.detail(), Duration.ZERO, fault.sent());
    }
    Response response = (Response) reply;
    Duration retryAfter = RetryAfter.parse(response.retryAfter(), clock.now());
    return Answers.read(response.status(), retryAfter, response.body(), dataReader, redaction);
  }
}
