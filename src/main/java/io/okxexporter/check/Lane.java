package io.okxexporter.check;

import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Users of one budget, one after another: a {@code rate_limit_group}, or one user. */
final class Lane {
  private final Queue<User> users;
  private final Slots slots;
  private @Nullable String uid;

  /**
   * @param users at least one
   */
  Lane(List<User> users, Timer timer) {
    this.users = new ArrayDeque<>(users);
    this.slots = new Slots(1, users.get(0).gap(), timer);
    slots.holdForTheProcessBefore();
  }

  /** The next user, null after the last. */
  @Nullable User next() {
    return users.poll();
  }

  Slots slots() {
    return slots;
  }

  /** The User ID, as soon as OKX has told it; null before. */
  @Nullable String uid() {
    return uid;
  }

  void identified(String uid) {
    this.uid = uid;
  }
}
