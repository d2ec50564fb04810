package io.okxexporter.check;

import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Reach;
import io.okxexporter.model.User;
import io.okxexporter.model.Valuation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is asked; each calls back exactly once, on any thread. Paces nothing. */
public interface Okx {
  /** Connects to a host. */
  void reach(URI host, @Nullable URI proxyUrl, Consumer<Reach> done);

  /** How far our clock is ahead of a host's; what is asked later is signed accordingly. */
  void clockSkew(URI host, @Nullable URI proxyUrl, Consumer<Outcome<Duration>> done);

  /** What a user's key is and may do. */
  void keyFacts(User user, Consumer<Outcome<KeyFacts>> done);

  /** What a user is worth in one unit. */
  void valuation(User user, String ccy, Consumer<Outcome<Valuation>> done);

  /** Which maintenance a host announces. */
  void maintenance(URI host, @Nullable URI proxyUrl, Consumer<Outcome<List<Maintenance>>> done);
}
