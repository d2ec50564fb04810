package io.okxexporter.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import io.okxexporter.store.View.Replica;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The landing page of one of several replicas. */
class LandingPageShardTest {
  private static final UserView USER = Views.user("main", Views.fresh("USDT"));
  private static final User OTHER = Views.user("other", Views.fresh("USDT")).user();

  @Test
  void it_says_which_replica_it_is_of_and_how_many_users_are_its() {
    assertThat(page(List.of(USER), OTHER))
        .contains("This is replica 1/3; it polls 1 of 2 users.")
        .contains(">main<")
        .doesNotContain("other<");
  }

  @Test
  void a_replica_without_users_is_well() {
    assertThat(page(List.of(), OTHER, OTHER))
        .contains("All is well")
        .contains("This is replica 1/3; it polls 0 of 2 users.");
  }

  @Test
  void a_single_one_is_no_replica() {
    assertThat(html(Views.of(USER))).doesNotContain("replica");
  }

  private static String page(List<UserView> assigned, User... others) {
    View view = Views.of(assigned.toArray(UserView[]::new));
    Replica replica = new Replica(new Shard(1, 3), List.of(others));
    return html(
        new View(
            view.at(),
            view.users(),
            view.hosts(),
            view.keyless(),
            view.reloads(),
            replica,
            view.prices()));
  }

  private static String html(View view) {
    return new LandingPage(new BuildInfo("1.2.3", "abc", ""), false, "/metrics", () -> "")
        .html(view);
  }
}
