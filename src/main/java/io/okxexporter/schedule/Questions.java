package io.okxexporter.schedule;

import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is asked beside the valuation; each calls back exactly once, on any thread. */
public interface Questions {
  /** What a user's key is and may do. */
  void keyFacts(User user, Consumer<Outcome<KeyFacts>> done);

  /** How far our clock is ahead of a host's. */
  void clockSkew(URI host, @Nullable URI proxyUrl, Consumer<Outcome<Duration>> done);

  /** Which maintenance a host announces. */
  void maintenance(URI host, @Nullable URI proxyUrl, Consumer<Outcome<List<Maintenance>>> done);
}
