package io.okxexporter.poll;

import io.okxexporter.model.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides which outages to log while users fail and recover again and again. Not thread-safe; times
 * are monotonic nanoseconds.
 */
final class Flapping {
  /** A user without an outage that began within this time is no longer flapping. */
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** The outages of a flapping user that are logged; the others are only counted. */
  static final int LOGGED_OUTAGES = 3;

  private final Map<User, Episode> episodes = new HashMap<>();
  private int unlogged;
  private long lastSummary;

  /** Outages of one user that follow each other. */
  private record Episode(int outages, long lastBegin) {
    boolean isMuted() {
      return outages > LOGGED_OUTAGES;
    }

    boolean isOver(long now) {
      return now - lastBegin >= WINDOW.toNanos();
    }
  }

  /**
   * The outages that were not logged.
   *
   * @param users users that still flap
   * @param outages since the last summary
   */
  record FlapSummary(long users, int outages) {}

  /** An outage of the user begins. */
  void began(User user, long now) {
    Episode before = episodes.get(user);
    Episode episode = new Episode(before == null ? 1 : before.outages + 1, now);
    episodes.put(user, episode);
    if (episode.isMuted() && unlogged++ == 0) {
      lastSummary = now;
    }
  }

  /** Whether changes of the user are not logged. */
  boolean mutes(User user) {
    Episode episode = episodes.get(user);
    return episode != null && episode.isMuted();
  }

  /** Returns how many outages of the user were not logged once it flaps no longer; 0 before. */
  int settle(User user, long now) {
    Episode episode = episodes.get(user);
    if (episode == null || !episode.isOver(now)) {
      return 0;
    }
    episodes.remove(user);
    return Math.max(0, episode.outages - LOGGED_OUTAGES);
  }

  /** Whether outages that were not logged are to be summed up. */
  boolean summaryIsDue(long now) {
    return unlogged > 0 && now - lastSummary >= WINDOW.toNanos();
  }

  /** Sums up since the last summary. */
  FlapSummary summary(long now) {
    long users = episodes.values().stream().filter(it -> it.isMuted() && !it.isOver(now)).count();
    FlapSummary summary = new FlapSummary(users, unlogged);
    unlogged = 0;
    return summary;
  }
}
