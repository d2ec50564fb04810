package io.okxexporter.store;

import io.okxexporter.model.ClockSkew;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of all users and hosts at one instant; immutable.
 *
 * @param at the instant, by our wall clock
 * @param users the users assigned to this process, in the order of the configuration
 * @param hosts the hosts of OKX that these users use
 * @param keyless counts of requests without a key, including those to hosts no longer used
 * @param reloads the result of configuration reloads
 * @param replica this replica among several
 * @param prices index prices in USDT, by coin; empty while unknown
 */
public record View(
    Instant at,
    List<UserView> users,
    List<HostView> hosts,
    RequestCounts keyless,
    Reloads reloads,
    Replica replica,
    Map<String, BigDecimal> prices) {
  /** Whether every user had its first attempt, whatever its outcome. */
  public boolean allAttempted() {
    return users.stream().allMatch(UserView::attempted);
  }

  /**
   * The result of configuration reloads.
   *
   * @param successful whether the newest reload succeeded
   * @param lastSuccess when the newest valid configuration was loaded
   */
  public record Reloads(boolean successful, Instant lastSuccess) {}

  /**
   * This replica among several.
   *
   * @param others the configured users assigned to other replicas
   */
  public record Replica(Shard shard, List<User> others) {}

  /**
   * The state of one host of OKX.
   *
   * @param host scheme, host and port
   * @param skew how far the local clock is ahead of the host's; null if unknown
   * @param maintenance announced and not over
   */
  public record HostView(URI host, @Nullable Duration skew, List<Maintenance> maintenance) {
    /** Copies the list. */
    public HostView {
      maintenance = List.copyOf(maintenance);
    }

    static HostView unknown(URI host) {
      return new HostView(host, null, List.of());
    }

    static Duration skewOf(@Nullable HostView host) {
      return host == null || host.skew == null ? Duration.ZERO : host.skew;
    }

    HostView measured(@Nullable Duration newSkew) {
      return new HostView(host, newSkew, maintenance);
    }

    HostView announced(List<Maintenance> announced) {
      return new HostView(host, skew, announced);
    }

    /** Whether the local clock is so far off that requests are signed with OKX's time. */
    public boolean clockIsOff() {
      return skew != null && skew.abs().compareTo(ClockSkew.TOLERATED) > 0;
    }
  }
}
