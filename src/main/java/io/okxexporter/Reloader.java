package io.okxexporter;

import io.okxexporter.config.Config;
import io.okxexporter.config.ConfigSource;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.model.Secret;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.poll.ExecutorTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again: all of it when told to, the files of secrets when they change. A
 * configuration that is refused changes nothing.
 */
final class Reloader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reloader.class);

  /** A stat per file: cheap enough to use a rotated key practically at once. */
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private static final String CONFIGURATION = "configuration";
  private static final String SECRETS = "secrets";

  /** Its own thread: reading files may block. */
  private final ExecutorTimer timer = new ExecutorTimer("reload");

  private final ConfigSource source;
  private final Exporter exporter;
  private Config current;
  private List<String> secretsSeen;

  /** Reads a configuration from where it was read before. */
  private interface Loader {
    Config read() throws ConfigException;
  }

  /**
   * @param current what the source said when it was read first
   */
  Reloader(ConfigSource source, Config current, Exporter exporter) {
    this.source = source;
    this.current = current;
    this.exporter = exporter;
    source.use();
    secretsSeen = source.secretStamps();
  }

  /** Begins to watch the files of secrets. */
  void start() {
    timer.schedule(
        () -> {
          try {
            lookAtSecrets();
          } finally {
            start();
          }
        },
        WATCH_INTERVAL);
  }

  /** Reads everything, on another thread. */
  void reloadSoon() {
    timer.run(this::reload);
  }

  /** Reads everything; the problems with it, none if it is in use now. */
  synchronized List<String> reload() {
    List<String> problems = use(source::load, CONFIGURATION, "configuration reloaded");
    if (problems.isEmpty()) {
      exporter.reloaded(SECRETS, true);
      secretsSeen = source.secretStamps();
    }
    return problems;
  }

  /**
   * Reads the files of secrets if one of them has changed: a rotated key is used at once, whatever
   * the files of others are like.
   */
  synchronized void lookAtSecrets() {
    List<String> now = source.secretStamps();
    if (!now.equals(secretsSeen)) {
      secretsSeen = now;
      use(source::loadSecrets, SECRETS, "secret files changed and were reloaded");
    }
  }

  private List<String> use(Loader reading, String part, String done) {
    List<String> problems = problems(reading);
    List<String> kept = problems.isEmpty() ? texts(source.keptFor()) : List.of();
    exporter.reloaded(part, problems.isEmpty() && kept.isEmpty());
    if (!problems.isEmpty()) {
      refused(problems, "new configuration is invalid; keeping the current one");
    } else if (!kept.isEmpty()) {
      refused(kept, "invalid secret files; affected users keep their current keys");
    } else {
      log.info(done);
    }
    return problems;
  }

  private static void refused(List<String> problems, String message) {
    log.atError().addKeyValue("problems", String.join("; ", problems)).log(message);
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  private List<String> problems(Loader reading) {
    try {
      Config next = reading.read();
      List<String> problems = unchangeable(next);
      if (problems.isEmpty()) {
        next.warnings().forEach(log::warn);
        exporter.reload(next);
        current = next;
        source.use();
      }
      return problems;
    } catch (ConfigException e) {
      return texts(e.problems());
    }
  }

  private List<String> unchangeable(Config next) {
    List<String> problems = new ArrayList<>();
    if (next.diagnosis() != current.diagnosis()) {
      problems.add("diagnosis: expected its current value; changing it requires a restart");
    }
    if (next.allowTradingKeys() != current.allowTradingKeys()) {
      problems.add(
          "allow_trading_keys: expected its current value; changing it requires a restart");
    }
    problems.addAll(goingOver(next));
    return problems;
  }

  /** Replicas read a new configuration one after the other: for a while, two would use the key. */
  private List<String> goingOver(Config next) {
    Shard shard = current.shard();
    Map<Secret, Shard> before = new HashMap<>();
    current.users().forEach(user -> before.put(user.credentials().apiKey(), shard.of(user)));
    return next.users().stream()
        .filter(
            user -> {
              Shard after = shard.of(user);
              return !before.getOrDefault(user.credentials().apiKey(), after).equals(after);
            })
        .map(Reloader::refusal)
        .toList();
  }

  private static String refusal(User user) {
    return "user "
        + user.displayName()
        + ": expected its current name and rate_limit_group: new ones would move it to another"
        + " replica, which requires stopping all replicas first";
  }

  /** Watches no more. */
  @Override
  public void close() {
    timer.close();
  }
}
