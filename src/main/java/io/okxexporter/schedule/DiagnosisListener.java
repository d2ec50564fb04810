package io.okxexporter.schedule;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Is told what the diagnosis does and finds, in order, on the timer's thread. */
public interface DiagnosisListener {
  /** A request with the user's key goes out. */
  void asked(User user, Endpoint endpoint);

  /** A request without a key goes out. */
  void asked(URI host, Endpoint endpoint);

  /** A request came to its end. */
  void took(Endpoint endpoint, Duration took);

  /**
   * What a key is and may do was answered, or not.
   *
   * @param refused whether the user is not polled because of it
   */
  void identified(User user, Outcome<KeyFacts> facts, boolean refused);

  /** Two users turned out to be one User ID, and share their budget from now on. */
  void joined(User one, User other);

  /** How far our clock is ahead of a host's was measured, or not. */
  void measured(URI host, Outcome<Duration> skew);

  /** What this endpoint of a host last said has not been confirmed for too long to stand. */
  void forgotten(URI host, Endpoint endpoint);

  /** Which maintenance a host announces was answered, or not. */
  void announced(URI host, Outcome<List<Maintenance>> maintenance);
}
