package io.okxexporter;

import io.okxexporter.check.Okx;
import io.okxexporter.model.Clock;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reach;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import io.okxexporter.okx.OkxClient;
import io.okxexporter.okx.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client as the check asks it; signs with OKX's time as soon as it was compared with ours. */
final class OkxForCheck implements Okx {
  private final OkxClient okx;
  private final Reacher reacher;
  private final Map<URI, Duration> skews = new ConcurrentHashMap<>();

  /** Connects to a host. */
  interface Reacher {
    void reach(URI host, @Nullable URI proxyUrl, Consumer<Reach> done);
  }

  OkxForCheck(Transport transport, Clock clock, Reacher reacher, String userAgent) {
    this.okx = new OkxClient(transport, clock, this::skew, userAgent);
    this.reacher = reacher;
  }

  /** Where a host's clock is unknown, that of another will do: it is our own that is off. */
  private Duration skew(URI host) {
    Duration measured = skews.get(host);
    return measured != null ? measured : skews.values().stream().findFirst().orElse(Duration.ZERO);
  }

  @Override
  public void reach(URI host, @Nullable URI proxyUrl, Consumer<Reach> done) {
    reacher.reach(host, proxyUrl, done);
  }

  @Override
  public void clockSkew(URI host, @Nullable URI proxyUrl, Consumer<Outcome<Duration>> done) {
    okx.clockSkew(
        host,
        proxyUrl,
        outcome -> {
          if (outcome instanceof Success<Duration> ok) {
            skews.put(host, ok.value());
          }
          done.accept(outcome);
        });
  }

  @Override
  public void keyFacts(User user, Consumer<Outcome<KeyFacts>> done) {
    okx.keyFacts(user, done);
  }

  @Override
  public void valuation(User user, String ccy, Consumer<Outcome<Valuation>> done) {
    okx.valuation(user, ccy, done);
  }

  @Override
  public void maintenance(
      URI host, @Nullable URI proxyUrl, Consumer<Outcome<List<Maintenance>>> done) {
    okx.maintenance(host, proxyUrl, done);
  }
}
