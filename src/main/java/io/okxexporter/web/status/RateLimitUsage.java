package io.okxexporter.web.status;

import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The share of each User ID's rate limit at OKX that polling its users takes. */
final class RateLimitUsage {
  private final Map<RateLimitGroup, Share> shares = new HashMap<>();

  /**
   * @param users how many users share the rate limit
   * @param used the fraction they use together, 1 for all of it
   */
  private record Share(int users, double used) {
    Share plus(Share other) {
      return new Share(users + other.users, used + other.used);
    }
  }

  RateLimitUsage(View view) {
    for (UserView user : view.users()) {
      shares.merge(user.budget(), ownShare(user), Share::plus);
    }
  }

  /** Describes the usage of a polled user. */
  String text(UserView user) {
    Share share = share(user);
    return share.users() == 1
        ? "uses " + percent(share) + " of its rate limit"
        : "rate limit shared with %s: %s used"
            .formatted(PageText.count(share.users() - 1, "user"), percent(share));
  }

  /** Describes the usage in a word or two. */
  String shortText(UserView user) {
    Share share = share(user);
    return share.users() == 1 ? percent(share) : percent(share) + " shared";
  }

  private Share share(UserView user) {
    return Objects.requireNonNull(shares.get(user.budget()));
  }

  /** Returns a user's own share; blocked and paused users use nothing. */
  private static Share ownShare(UserView view) {
    User user = view.user();
    double roundNanos = (double) user.gap().toNanos() * user.ccys().size();
    boolean polled = !view.blocked() && !view.pollInterval().isZero();
    return new Share(1, polled ? roundNanos / view.pollInterval().toNanos() : 0);
  }

  private static String percent(Share share) {
    long percent = Math.round(100 * share.used());
    return percent == 0 && share.used() > 0 ? "under 1 %" : percent + " %";
  }
}
