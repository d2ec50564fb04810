package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.config.yaml.TextFile;
import io.okxexporter.config.yaml.YamlFile;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the configuration file. */
final class ConfigFile {
  static final int MAX_BYTES = 16 << 20;

  private static final String EXPECTED_USERS = "expected a list of at least one user";
  private static final Duration MIN_POLL_INTERVAL = Duration.ofSeconds(1);

  private final Path file;
  private final TextFile.Source source;
  private final Problems problems;
  private final SecretFiles secretFiles;
  private final CaFileReader caFiles;
  private @Nullable String text;

  /**
   * @param source the content of the file
   * @param text the content if read before; null to read it
   * @param secretFiles reads the secret files
   * @param caFiles reads the file of authorities
   */
  ConfigFile(
      Path file,
      TextFile.Source source,
      @Nullable String text,
      Problems problems,
      SecretFiles secretFiles,
      CaFileReader caFiles) {
    this.file = file;
    this.source = source;
    this.text = text;
    this.problems = problems;
    this.secretFiles = secretFiles;
    this.caFiles = caFiles;
  }

  /** The content as read; null before that. */
  @Nullable String text() {
    return text;
  }

  /**
   * Reads the configuration; reports invalid settings as problems.
   *
   * @throws ConfigException if the file cannot be read, or holds no settings
   */
  Config read() throws ConfigException {
    YamlFile settings = new YamlFile("--config.file", file, source, "users: and poll_interval:");
    if (text == null) {
      text = settings.text(problems);
    }
    return read(Section.at("", settings.read(text, problems), problems));
  }

  private Config read(Section top) {
    List<ConfiguredUser> configured = users(top);
    List<User> users = configured.stream().map(ConfiguredUser::user).toList();
    Duration pollInterval = top.text("poll_interval", ConfigFile::parsePollInterval);
    RoundLength round = RoundLength.longest(users);
    Duration staleAfter = staleAfter(top, round, pollInterval);
    Double total = top.number("max_requests_per_second_total", RequestRateParser::parseTotal);
    DiagnosisSettings switches = DiagnosisSettings.read(top);
    LedgerSettings ledgers = LedgerSettings.read(top);
    CaFile caFile = caFiles.read(top, folder());
    top.rejectOthers();
    return new Config(
        Objects.requireNonNullElse(pollInterval, Config.DEFAULT_POLL_INTERVAL),
        Objects.requireNonNullElse(staleAfter, Config.DEFAULT_STALE_AFTER),
        Objects.requireNonNullElse(total, Config.DEFAULT_MAX_REQUESTS_PER_SECOND_TOTAL),
        switches.diagnosis(),
        switches.allowTradingKeys(),
        users,
        DubiousSecrets.warnings(configured),
        Shard.WHOLE,
        caFile,
        ledgers);
  }

  /** The base of relative paths. */
  private Path folder() {
    return file.toAbsolutePath().resolveSibling("");
  }

  private List<ConfiguredUser> users(Section top) {
    UserReader reader = new UserReader(folder(), secretFiles);
    if (!top.has("users")) {
      top.report("users", null, EXPECTED_USERS);
    }
    List<ConfiguredUser> users =
        top
            .sections(
                "users",
                EXPECTED_USERS,
                "expected a user: name, api_key, secret_key, passphrase and so on")
            .stream()
            .map(reader::readNamed)
            .toList();
    UserConflicts.check(users);
    return users;
  }

  private static Duration parsePollInterval(String text) throws InvalidValueException {
    Duration interval = DurationParser.parse(text);
    if (interval.compareTo(MIN_POLL_INTERVAL) < 0) {
      throw new InvalidValueException(
          "expected at least " + DurationParser.format(MIN_POLL_INTERVAL));
    }
    return interval;
  }

  /** Compares {@code stale_after} with the interval only where that is valid. */
  private static @Nullable Duration staleAfter(
      Section top, RoundLength round, @Nullable Duration pollInterval) {
    Duration interval = orDefault(top, pollInterval);
    if (top.has("stale_after")) {
      return top.text("stale_after", text -> round.checked(DurationParser.parse(text), interval));
    }
    try {
      return round.checked(Config.DEFAULT_STALE_AFTER, interval);
    } catch (InvalidValueException e) {
      String instead =
          ", instead of the default " + DurationParser.format(Config.DEFAULT_STALE_AFTER);
      top.report("stale_after", null, e.expected() + instead);
      return null;
    }
  }

  /** Zero where the interval is invalid, so that no {@code stale_after} is too short for it. */
  private static Duration orDefault(Section top, @Nullable Duration pollInterval) {
    Duration absent = top.has("poll_interval") ? Duration.ZERO : Config.DEFAULT_POLL_INTERVAL;
    return Objects.requireNonNullElse(pollInterval, absent);
  }
}
