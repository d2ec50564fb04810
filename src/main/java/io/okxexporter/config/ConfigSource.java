package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.config.yaml.TextFile;
import io.okxexporter.file.FileAccess;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration comes from, to be read more than once. Used from one thread at a time.
 */
public final class ConfigSource {
  private final @Nullable Path file;
  private final Map<String, String> env;
  private final @Nullable Shard shard;
  private final FileAccess files;
  private boolean readBefore;
  private Snapshot read;
  private Snapshot inUse;

  /**
   * @param text of the file; null for the environment
   * @param secrets in the files that it names
   */
  private record Snapshot(@Nullable String text, SecretFiles secrets) {}

  /**
   * @param file the file, null for the environment
   * @param env the environment; beside a file it must hold none of our settings but the shard
   * @param shard which replica this is; null if the environment is to say
   * @param files reads this file and those of secrets
   */
  public ConfigSource(
      @Nullable Path file, Map<String, String> env, @Nullable Shard shard, FileAccess files) {
    this.file = file;
    this.env = env;
    this.shard = shard;
    this.files = files;
    read = new Snapshot(null, new SecretFiles(files, Map.of()));
    inUse = read;
  }

  /**
   * Reads and checks all of it, secrets included. A file that is a pipe can be read once.
   *
   * @throws ConfigException all that is wrong
   */
  public Config load() throws ConfigException {
    return read(null, Map.of());
  }

  /**
   * Reads the files of secrets anew, and takes the rest as it is in use: also the secrets of users
   * with a file that is wrong, of which {@link #keptFor} tells.
   *
   * @throws ConfigException all else that is wrong
   */
  public Config loadSecrets() throws ConfigException {
    return read(inUse.text, inUse.secrets.credentials());
  }

  /** What is wrong with files of secrets that were read last, whose users keep those in use. */
  public List<Problem> keptFor() {
    return read.secrets.problems();
  }

  /** What was read last is in use from now on; what is read well may still be refused. */
  public void use() {
    inUse = read;
  }

  /** What changes with the files of the secrets in use. */
  public List<String> secretStamps() {
    return inUse.secrets.stamps();
  }

  private Config read(@Nullable String known, Map<String, Credentials> before)
      throws ConfigException {
    Problems problems = new Problems();
    SecretFiles secrets = new SecretFiles(files, before);
    Environment environment = new Environment(env);
    if (file == null) {
      Config config = environment.read(problems, secrets);
      return checked(config, environment, problems, secrets, null);
    }
    environment.settings().forEach(name -> problems.add(Problems.FIRST, besideFile(name)));
    ConfigFile configFile = new ConfigFile(file, content(file), known, problems, secrets);
    return checked(configFile.read(), environment, problems, secrets, configFile.text());
  }

  private TextFile.Source content(Path from) {
    return () -> {
      boolean again = readBefore;
      readBefore = true;
      return again
          ? files.read(from, ConfigFile.MAX_BYTES)
          : files.readOnce(from, ConfigFile.MAX_BYTES);
    };
  }

  private Config checked(
      Config config,
      Environment environment,
      Problems problems,
      SecretFiles secrets,
      @Nullable String readText)
      throws ConfigException {
    Shard replica = ShardReader.read(shard, env, problems);
    problems.throwIfAny();
    read = new Snapshot(readText, secrets);
    List<String> cut = readText == null ? List.of() : TruncatedPassphrase.warnings(readText);
    List<String> warnings =
        Stream.of(
                environment.warnings(),
                cut,
                CcyParser.warnings(config.users()),
                RoundLength.warnings(config))
            .flatMap(List::stream)
            .toList();
    return config.with(warnings, replica);
  }

  private static Problem besideFile(String variable) {
    return new Problem(variable, null, "expected to be unset with --config.file");
  }
}
