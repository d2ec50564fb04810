package io.okxexporter.web.security;

import io.okxexporter.model.Secret;
import io.okxexporter.web.connector.ConnectionLimiter;
import io.okxexporter.web.security.PasswordVerifier.LoginClient;
import io.okxexporter.web.security.PasswordVerifier.Verdict;
import io.okxexporter.web.security.PasswordVerifier.VerifyResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that checks passwords in virtual time. A comparison takes as long as one at cost 10, and
 * one connection too many closes the oldest.
 */
final class GuessedServer {
  static final Duration COMPARISON = Duration.ofMillis(65);
  static final String RIGHT = "right";
  private static final Secret HASH = new Secret("$2y$10$" + "a".repeat(53));
  private static final Map<String, Secret> USERS = users();

  private Duration now = Duration.ZERO;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
  private final PasswordVerifier verifier =
      new PasswordVerifier(task -> worker = task, () -> now.toNanos(), this::compare);
  private final Set<Connection> open = new LinkedHashSet<>();
  private @Nullable Runnable worker;
  private long number;
  private int comparisons;
  private boolean stopped;

  private record Event(Duration at, long number, Runnable action) {}

  /** A connection for one attempt. */
  final class Connection {
    void close() {
      open.remove(this);
    }

    boolean isOpen() {
      return open.contains(this);
    }
  }

  /** Returns {@code user}, and {@code user0} to {@code user299}. */
  private static Map<String, Secret> users() {
    Map<String, Secret> users = new HashMap<>(Map.of("user", HASH));
    for (int i = 0; i < 300; i++) {
      users.put("user" + i, HASH);
    }
    return users;
  }

  /** Makes an attempt and reports its verdict, unless the connection has been closed by then. */
  Connection attempt(String address, String user, String password, Consumer<Verdict> then) {
    Connection connection = new Connection();
    open.add(connection);
    if (open.size() > ConnectionLimiter.MAX_CONNECTIONS) {
      open.iterator().next().close();
    }
    Consumer<VerifyResult> onResult =
        result ->
            at(
                result.hold(),
                () -> {
                  if (connection.isOpen()) {
                    connection.close();
                    then.accept(result.verdict());
                  }
                });
    verifier.check(
        USERS,
        new BasicCredentials(user, new Secret(password)),
        new LoginClient(address, connection::isOpen, onResult));
    return connection;
  }

  private boolean compare(Secret password, Secret hash) {
    comparisons++;
    pass(COMPARISON);
    return password.reveal().equals(RIGHT);
  }

  /** Schedules an action, unless the server has stopped. */
  void at(Duration later, Runnable action) {
    if (!stopped) {
      events.add(new Event(now.plus(later), ++number, action));
    }
  }

  /** Drops all scheduled actions and connections. */
  void stop() {
    stopped = true;
    events.clear();
    open.clear();
  }

  Duration now() {
    return now;
  }

  int comparisons() {
    return comparisons;
  }

  /** Runs until no action is left. */
  void run() {
    while (worker != null || !events.isEmpty()) {
      Runnable task = worker;
      worker = null;
      if (task == null) {
        pass(events.element().at.minus(now));
      } else {
        task.run();
      }
    }
  }

  private void pass(Duration time) {
    Duration end = now.plus(time);
    while (!events.isEmpty() && events.peek().at.compareTo(end) <= 0) {
      Event event = events.remove();
      now = event.at;
      event.action.run();
    }
    now = end;
  }
}
