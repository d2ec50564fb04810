package io.okxexporter.config;

import io.okxexporter.model.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration comes from, to be read more than once. Used from one thread at a time.
 */
public final class ConfigSource {
  private final @Nullable Path file;
  private final Map<String, String> env;
  private final @Nullable Shard shard;
  private Reading read = Reading.NONE;
  private Reading inUse = Reading.NONE;

  /**
   * @param text of the file; null for the environment
   * @param secretFiles that it names
   */
  private record Reading(@Nullable String text, Set<Path> secretFiles) {
    static final Reading NONE = new Reading(null, Set.of());
  }

  /**
   * @param file the file, null for the environment
   * @param env the environment; beside a file it must hold none of our settings
   */
  public ConfigSource(@Nullable Path file, Map<String, String> env) {
    this(file, env, null);
  }

  /**
   * @param file the file, null for the environment
   * @param env the environment; beside a file it must hold none of our settings but the shard
   * @param shard which replica this is; null if the environment is to say
   */
  public ConfigSource(@Nullable Path file, Map<String, String> env, @Nullable Shard shard) {
    this.file = file;
    this.env = env;
    this.shard = shard;
  }

  /**
   * Reads and checks all of it, secrets included.
   *
   * @throws ConfigException all that is wrong
   */
  public Config load() throws ConfigException {
    return read(null);
  }

  /**
   * Reads the files of secrets anew, and takes the rest as it is in use.
   *
   * @throws ConfigException all that is wrong
   */
  public Config loadSecrets() throws ConfigException {
    return read(inUse.text);
  }

  /** What was read last is in use from now on; what is read well may still be refused. */
  public void use() {
    inUse = read;
  }

  /** The files of the secrets in use. */
  public Set<Path> secretFiles() {
    return inUse.secretFiles;
  }

  private Config read(@Nullable String known) throws ConfigException {
    Problems problems = new Problems();
    Set<Path> files = new TreeSet<>();
    Environment environment = new Environment(env);
    if (file == null) {
      Config config = environment.read(problems, files);
      return checked(config, environment, problems, files, null);
    }
    environment.settings().forEach(name -> problems.add(Problems.FIRST, besideFile(name)));
    ConfigFile configFile = new ConfigFile(file, known, problems, files);
    return checked(configFile.read(), environment, problems, files, configFile.text());
  }

  private Config checked(
      Config config,
      Environment environment,
      Problems problems,
      Set<Path> files,
      @Nullable String readText)
      throws ConfigException {
    Shard replica = Shards.read(shard, env, problems);
    problems.throwIfAny();
    read = new Reading(readText, files);
    List<String> cut = readText == null ? List.of() : CutPassphrase.warnings(readText);
    List<String> warnings = Stream.concat(environment.warnings().stream(), cut.stream()).toList();
    return withWarnings(config, warnings).in(replica);
  }

  private static Problem besideFile(String variable) {
    return new Problem(variable, null, "expected to be unset beside --config.file");
  }

  private static Config withWarnings(Config config, List<String> warnings) {
    return new Config(
        config.pollInterval(),
        config.staleAfter(),
        config.maxRequestsPerSecondTotal(),
        config.diagnosis(),
        config.allowTradingKeys(),
        config.users(),
        Stream.of(warnings, Units.warnings(config.users()), Round.warnings(config))
            .flatMap(List::stream)
            .toList());
  }
}
