package io.okxexporter.web.status;

import io.okxexporter.model.RateLimitGroup;
import io.okxexporter.model.User;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** How much of what OKX allows a User ID the rounds of its users take. */
final class RateLimitUsage {
  private final Map<RateLimitGroup, Share> budgets = new HashMap<>();

  /**
   * @param users how many users share the rate limit
   * @param used what part of it they use together, 1 for all of it
   */
  private record Share(int users, double used) {
    Share plus(Share other) {
      return new Share(users + other.users, used + other.used);
    }
  }

  RateLimitUsage(View view) {
    for (UserView user : view.users()) {
      budgets.merge(user.budget(), own(user), Share::plus);
    }
  }

  /** In words, for whom it is polled. */
  String words(UserView user) {
    Share share = share(user);
    return share.users() == 1
        ? "uses " + percent(share) + " of its rate limit"
        : "rate limit shared with %s: %s used"
            .formatted(PageText.count(share.users() - 1, "user"), percent(share));
  }

  /** The same in a word or two. */
  String shortWords(UserView user) {
    Share share = share(user);
    return share.users() == 1 ? percent(share) : percent(share) + " shared";
  }

  private Share share(UserView user) {
    return Objects.requireNonNull(budgets.get(user.budget()));
  }

  /** Who is not polled, or not yet, uses nothing. */
  private static Share own(UserView view) {
    User user = view.user();
    double round = (double) user.gap().toNanos() * user.ccys().size();
    boolean polled = !view.blocked() && !view.pollInterval().isZero();
    return new Share(1, polled ? round / view.pollInterval().toNanos() : 0);
  }

  private static String percent(Share share) {
    long percent = Math.round(100 * share.used());
    return percent == 0 && share.used() > 0 ? "under 1 %" : percent + " %";
  }
}
