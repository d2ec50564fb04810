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
 * A server that checks passwords under virtual time: one comparison takes as long as one at cost
 * 10, and of too many connections the oldest ends.
 */
final class GuessedServer {
  static final Duration COMPARISON = Duration.ofMillis(65);
  static final String RIGHT = "right";
  private static final Secret HASH = new Secret("$2y$10$" + "a".repeat(53));
  private static final Map<String, Secret> USERS = users();

  private Duration now = Duration.ZERO;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
  private final PasswordVerifier authentication =
      new PasswordVerifier(task -> worker = task, () -> now.toNanos(), this::compare);
  private final Set<Connection> open = new LinkedHashSet<>();
  private @Nullable Runnable worker;
  private long number;
  private int comparisons;
  private boolean stopped;

  private record Event(Duration at, long number, Runnable what) {}

  /** One that asks once. */
  final class Connection {
    void close() {
      open.remove(this);
    }

    boolean isOpen() {
      return open.contains(this);
    }
  }

  /** {@code user}, and {@code user0} to {@code user299}. */
  private static Map<String, Secret> users() {
    Map<String, Secret> users = new HashMap<>(Map.of("user", HASH));
    for (int i = 0; i < 300; i++) {
      users.put("user" + i, HASH);
    }
    return users;
  }

  /** Asks, and tells the verdict unless the connection has ended before it comes. */
  Connection ask(String address, String user, String password, Consumer<Verdict> then) {
    Connection connection = new Connection();
    open.add(connection);
    if (open.size() > ConnectionLimiter.CONNECTIONS) {
      open.iterator().next().close();
    }
    Consumer<VerifyResult> answered =
        finding ->
            at(
                finding.hold(),
                () -> {
                  if (connection.isOpen()) {
                    connection.close();
                    then.accept(finding.verdict());
                  }
                });
    authentication.check(
        USERS,
        new BasicCredentials(user, new Secret(password)),
        new LoginClient(address, connection::isOpen, answered));
    return connection;
  }

  private boolean compare(Secret password, Secret hash) {
    comparisons++;
    pass(COMPARISON);
    return password.reveal().equals(RIGHT);
  }

  /** Does that so much later, unless it stops before. */
  void at(Duration later, Runnable what) {
    if (!stopped) {
      events.add(new Event(now.plus(later), ++number, what));
    }
  }

  /** Nothing comes any more, and everybody goes. */
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

  /** Until nothing comes any more. */
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
      event.what.run();
    }
    now = end;
  }
}
