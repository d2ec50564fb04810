package io.okxexporter.okx;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.OkxApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.ProbeResult;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.okx.RequestSender.Query;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of OKX's HTTP API: signs requests, sends each once and reads the response. */
public final class OkxClient implements OkxApi {
  /** Shorter than for valuations. */
  private static final Duration DIAGNOSIS_TIMEOUT = Duration.ofSeconds(5);

  private final RequestSender sender;
  private final Clock clock;

  /**
   * @param clock signs the requests with its wall time, corrected where it is far off
   * @param skews how far the local clock is ahead of a host's; zero if unknown
   * @param userAgent the {@code User-Agent} header
   */
  public OkxClient(
      Transport transport, Clock clock, Function<URI, Duration> skews, String userAgent) {
    sender = new RequestSender(transport, clock, skews, userAgent);
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @param ccy always sent, as the response does not name its unit
   * @see <a
   *     href="https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-account-asset-valuation">
   *     Get account asset valuation</a>
   */
  @Override
  public void valuation(User user, String ccy, Consumer<Outcome<Valuation>> done) {
    sender.sendSigned(
        user,
        new Query<>(Endpoint.ASSET_VALUATION, "?ccy=" + ccy, null, new ValuationReader(ccy)),
        done);
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-configuration">
   *     Get account configuration</a>
   */
  @Override
  public void apiKeyInfo(User user, Consumer<Outcome<ApiKeyInfo>> done) {
    sender.sendSigned(user, diagnosis(Endpoint.ACCOUNT_CONFIG, DiagnosisReader::apiKeyInfo), done);
  }

  /**
   * {@inheritDoc} Assumes that OKX read its clock halfway between sending and receiving.
   *
   * @see <a href="https://www.okx.com/docs-v5/en/#public-data-rest-api-get-system-time">Get system
   *     time</a>
   */
  @Override
  public void probe(URI host, @Nullable HttpProxy proxy, Consumer<ProbeResult> done) {
    ConnectTrace trace = new ConnectTrace(clock);
    Instant start = clock.now();
    long startNanos = clock.nanoTime();
    sender.sendUnsigned(
        host,
        proxy,
        diagnosis(
            Endpoint.PUBLIC_TIME,
            data -> {
              long beforeSending = trace.since() - startNanos;
              Instant middle = start.plusNanos(beforeSending + trace.underWay() / 2);
              return Duration.between(DiagnosisReader.serverTime(data), middle);
            }),
        trace,
        skew -> done.accept(new ProbeResult(trace.result(skew), skew)));
  }

  /**
   * {@inheritDoc}
   *
   * @see <a href="https://www.okx.com/docs-v5/en/#status-get-status">Status</a>
   */
  @Override
  public void maintenance(
      URI host, @Nullable HttpProxy proxy, Consumer<Outcome<List<Maintenance>>> done) {
    sender.sendUnsigned(
        host, proxy, diagnosis(Endpoint.SYSTEM_STATUS, DiagnosisReader::maintenance), null, done);
  }

  private static <T> Query<T> diagnosis(
      Endpoint endpoint, ResponseClassifier.DataReader<T> reader) {
    return new Query<>(endpoint, "", DIAGNOSIS_TIMEOUT, reader);
  }
}
