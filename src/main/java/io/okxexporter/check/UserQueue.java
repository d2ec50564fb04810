package io.okxexporter.check;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Timer;
import io.okxexporter.model.User;
import io.okxexporter.poll.PacedQueue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A queue of the users of one budget: a {@code rate_limit_group}, or one user. */
final class UserQueue {
  private final Queue<User> users;
  private final PacedQueue requests;
  private @Nullable String uid;

  /**
   * @param users at least one
   */
  UserQueue(List<User> users, Clock clock, Timer timer) {
    this.users = new ArrayDeque<>(users);
    requests = PacedQueue.afterAnother(users.get(0).gap(), timer, clock::nanoTime);
  }

  /** Returns the next user; null after the last. */
  @Nullable User next() {
    return users.poll();
  }

  PacedQueue requests() {
    return requests;
  }

  /** The User ID, once OKX has returned it; null before. */
  @Nullable String uid() {
    return uid;
  }

  void identified(String uid) {
    this.uid = uid;
  }
}
