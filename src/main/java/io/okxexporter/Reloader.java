package io.okxexporter;

import io.okxexporter.config.Config;
import io.okxexporter.config.ConfigChanges;
import io.okxexporter.config.ConfigSource;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.model.Secret;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import io.okxexporter.poll.ExecutorTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Reloads the configuration: all of it on request, the secret files when they change. A rejected
 * configuration changes nothing.
 */
final class Reloader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reloader.class);

  /** Each check is one stat per file, cheap enough to use a rotated key almost at once. */
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private static final String CONFIGURATION = "configuration";
  private static final String SECRETS = "secrets";

  /** A separate thread, as reading files may block. */
  private final ExecutorTimer timer = new ExecutorTimer("reload");

  private final ConfigSource source;
  private final Exporter exporter;
  private Config current;
  private List<String> secretsSeen;

  /** The callers that await the next reload. */
  private final List<Consumer<List<String>>> sharers = new ArrayList<>();

  /** Reads a configuration from its source. */
  private interface Loader {
    Config read() throws ConfigException;
  }

  /**
   * @param current the configuration first read from the source
   */
  Reloader(ConfigSource source, Config current, Exporter exporter) {
    this.source = source;
    this.current = current;
    this.exporter = exporter;
    source.use();
    secretsSeen = source.secretStamps();
  }

  /** Begins to watch the secret files. */
  void start() {
    timer.schedule(
        () -> {
          try {
            reloadChangedSecrets();
          } finally {
            start();
          }
        },
        WATCH_INTERVAL);
  }

  /**
   * Reloads the whole configuration on another thread. Callers that come before a reload begins
   * share it, so that any number of them causes one more at most.
   *
   * @param done receives the problems, none if the new configuration is now in use
   */
  void reload(Consumer<List<String>> done) {
    synchronized (sharers) {
      sharers.add(done);
      if (sharers.size() == 1) {
        timer.run(this::reloadForAll);
      }
    }
  }

  private void reloadForAll() {
    List<Consumer<List<String>>> all;
    synchronized (sharers) {
      all = List.copyOf(sharers);
      sharers.clear();
    }
    List<String> problems = List.of("the reload failed, see the log");
    try {
      problems = reload();
    } finally {
      for (Consumer<List<String>> done : all) {
        done.accept(problems);
      }
    }
  }

  /** Reloads the whole configuration; returns its problems, none if it is now in use. */
  synchronized List<String> reload() {
    List<String> problems = use(source::load, CONFIGURATION, "configuration reloaded");
    if (problems.isEmpty()) {
      exporter.reloaded(SECRETS, true);
      secretsSeen = source.secretStamps();
    }
    return problems;
  }

  /**
   * Reloads the secret files if one of them has changed. A rotated key is used at once even if
   * other users' files are invalid.
   */
  synchronized void reloadChangedSecrets() {
    List<String> now = source.secretStamps();
    if (!now.equals(secretsSeen)) {
      secretsSeen = now;
      use(source::loadSecrets, SECRETS, "secret files changed and were reloaded");
    }
  }

  private List<String> use(Loader loader, String part, String message) {
    Config before = current;
    List<String> problems = problems(loader);
    List<String> keptProblems = problems.isEmpty() ? texts(source.keptFor()) : List.of();
    exporter.reloaded(part, problems.isEmpty() && keptProblems.isEmpty());
    if (!problems.isEmpty()) {
      log.atError()
          .addKeyValue("problems", String.join("; ", problems))
          .log("new configuration is invalid; keeping the current one");
    } else if (!keptProblems.isEmpty()) {
      withChanges(log.atError(), before)
          .addKeyValue("problems", String.join("; ", keptProblems))
          .log("invalid secret files; affected users keep their current keys");
    } else {
      withChanges(log.atInfo(), before).log(message);
    }
    return problems;
  }

  private LoggingEventBuilder withChanges(LoggingEventBuilder line, Config before) {
    ConfigChanges changes = ConfigChanges.between(before, current);
    LoggingEventBuilder counted =
        line.addKeyValue("added", changes.added().size())
            .addKeyValue("removed", changes.removed().size())
            .addKeyValue("changed", changes.changed().size());
    LoggingEventBuilder named = with(counted, "users", changes.users());
    LoggingEventBuilder full = with(named, "settings", String.join(" ", changes.settings()));
    return with(full, "credentials", source.restartNotice());
  }

  private static LoggingEventBuilder with(LoggingEventBuilder line, String key, String value) {
    return value.isEmpty() ? line : line.addKeyValue(key, value);
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  private List<String> problems(Loader loader) {
    try {
      Config next = loader.read();
      List<String> problems = restartProblems(next);
      if (problems.isEmpty()) {
        exporter.trust(next);
        List<String> known = current.warnings();
        next.warnings().stream().filter(each -> !known.contains(each)).forEach(log::warn);
        exporter.reload(next);
        current = next;
        source.use();
      }
      return problems;
    } catch (ConfigException e) {
      return texts(e.problems());
    } catch (IOException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private List<String> restartProblems(Config next) {
    List<String> problems = new ArrayList<>();
    rejectChange("diagnosis", Config::diagnosis, next, problems);
    rejectChange("allow_trading_keys", Config::allowTradingKeys, next, problems);
    rejectChange("flows", config -> config.ledgers().flows(), next, problems);
    rejectChange("bill_types", config -> config.ledgers().billTypes(), next, problems);
    problems.addAll(movedUsers(next));
    return problems;
  }

  private void rejectChange(
      String key, Function<Config, Object> value, Config next, List<String> problems) {
    if (!value.apply(next).equals(value.apply(current))) {
      problems.add(key + ": expected its current value; changing it requires a restart");
    }
  }

  /**
   * Rejects users that would move to another replica: replicas reload one after another, so two
   * would use the key for a while.
   */
  private List<String> movedUsers(Config next) {
    Shard shard = current.shard();
    Map<Secret, Shard> before = new HashMap<>();
    current.users().forEach(user -> before.put(user.credentials().apiKey(), shard.of(user)));
    return next.users().stream()
        .filter(
            user -> {
              Shard after = shard.of(user);
              return !before.getOrDefault(user.credentials().apiKey(), after).equals(after);
            })
        .map(Reloader::problem)
        .toList();
  }

  private static String problem(User user) {
    return "user "
        + user.displayName()
        + ": expected its current name and rate_limit_group: new ones would move it to another"
        + " replica, which requires stopping all replicas first";
  }

  /** Stops watching the secret files. */
  @Override
  public void close() {
    timer.close();
  }
}
