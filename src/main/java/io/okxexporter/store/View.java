package io.okxexporter.store;

import io.okxexporter.model.ClockSkew;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known at one instant; immutable.
 *
 * @param at the instant, by our wall clock
 * @param users those that this process asks for, in the order of the configuration
 * @param hosts the hosts of OKX that they ask
 * @param keyless requests without a key, to hosts that are asked no more as well
 * @param reloads how re-reading the configuration went
 * @param replica which of several this is
 */
public record View(
    Instant at,
    List<UserView> users,
    List<HostView> hosts,
    RequestCounts keyless,
    Reloads reloads,
    Replica replica) {
  /** Whether every user had its first attempt, whatever came of it. */
  public boolean everyoneWasAttempted() {
    return users.stream().allMatch(UserView::attempted);
  }

  /**
   * How re-reading the configuration went.
   *
   * @param successful whether the newest reading did
   * @param lastSuccess when the newest good one was read
   */
  public record Reloads(boolean successful, Instant lastSuccess) {}

  /**
   * Which of several replicas this is.
   *
   * @param others the configured users that other replicas ask for
   */
  public record Replica(Shard shard, List<User> others) {}

  /**
   * One host of OKX.
   *
   * @param host scheme, host and port
   * @param skew how far our clock is ahead of its; null where not known
   * @param maintenance announced and not over
   */
  public record HostView(URI host, @Nullable Duration skew, List<Maintenance> maintenance) {
    /** Keeps its own copy. */
    public HostView {
      maintenance = List.copyOf(maintenance);
    }

    static HostView unknown(URI host) {
      return new HostView(host, null, List.of());
    }

    HostView measured(@Nullable Duration newSkew) {
      return new HostView(host, newSkew, maintenance);
    }

    HostView announced(List<Maintenance> announced) {
      return new HostView(host, skew, announced);
    }

    /** Whether our clock is so far off that requests are signed with OKX's time. */
    public boolean clockIsOff() {
      return skew != null && skew.abs().compareTo(ClockSkew.TOLERATED) > 0;
    }
  }
}
