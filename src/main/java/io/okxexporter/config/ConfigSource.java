package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.config.yaml.TextFile;
import io.okxexporter.file.FileAccess;
import io.okxexporter.model.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configuration from a file or the environment, never both, and can reload it. Not
 * thread-safe.
 */
public final class ConfigSource {
  private final @Nullable Path file;
  private final Map<String, String> env;
  private final @Nullable Shard shard;
  private final FileAccess files;
  private boolean readBefore;
  private Snapshot read;
  private Snapshot inUse;
  private volatile String restartNotice = "";

  /**
   * @param text of the file; null for the environment
   * @param secrets from the files that it names
   * @param caFile null for none
   */
  private record Snapshot(@Nullable String text, SecretFiles secrets, @Nullable CaFile caFile) {}

  /**
   * @param file the file, null for the environment
   * @param env the environment; alongside a file, it may set nothing but the shard
   * @param shard the shard of this replica; null to read it from the environment
   * @param files reads this file and the secret files
   */
  public ConfigSource(
      @Nullable Path file, Map<String, String> env, @Nullable Shard shard, FileAccess files) {
    this.file = file;
    this.env = env;
    this.shard = shard;
    this.files = files;
    read = new Snapshot(null, new SecretFiles(files, new Problems(), Map.of()), null);
    inUse = read;
  }

  /**
   * Reads and checks the whole configuration, secrets included. A pipe can be read only once.
   *
   * @throws ConfigException with every problem
   */
  public Config load() throws ConfigException {
    return read(null);
  }

  /**
   * Reads the secret files again, and keeps the rest of the configuration in use. A user with an
   * invalid secret file keeps its credentials; {@link #keptFor} returns the reasons.
   *
   * @throws ConfigException with every other problem
   */
  public Config loadSecrets() throws ConfigException {
    return read(inUse);
  }

  /** Problems with secret files in the last read, whose users keep the credentials in use. */
  public List<Problem> keptFor() {
    return read.secrets.problems();
  }

  /** Marks the last read as in use; a valid configuration may still be rejected before that. */
  public void use() {
    inUse = read;
    Set<Path> paths = new TreeSet<>(read.secrets.paths());
    if (file != null) {
      paths.add(file.toAbsolutePath());
    }
    restartNotice = RestartNotice.of(new Environment(env).inlineSecrets(), paths, env);
  }

  /**
   * Says which credentials in use need a restart after a change; empty if none. Thread-safe, unlike
   * the rest.
   */
  public String restartNotice() {
    return restartNotice;
  }

  /** Stamps that change with the secret files in use. */
  public List<String> secretStamps() {
    return inUse.secrets.stamps();
  }

  /**
   * @param kept all but the secret files of which is not read again; null to read everything
   */
  private Config read(@Nullable Snapshot kept) throws ConfigException {
    Problems problems = new Problems();
    SecretFiles secrets =
        new SecretFiles(files, problems, kept == null ? Map.of() : kept.secrets.settled());
    CaFileReader caFiles =
        new CaFileReader(files, env, kept == null ? null : new CaFileReader.Kept(kept.caFile));
    Environment environment = new Environment(env);
    if (file == null) {
      Config config = environment.read(problems, secrets, caFiles);
      return checked(config, environment, problems, secrets, caFiles, null);
    }
    environment.settings().forEach(name -> problems.add(Problems.FIRST, conflictsWithFile(name)));
    String known = kept == null ? null : kept.text;
    ConfigFile configFile = new ConfigFile(file, content(file), known, problems, secrets, caFiles);
    return checked(configFile.read(), environment, problems, secrets, caFiles, configFile.text());
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
      CaFileReader caFiles,
      @Nullable String readText)
      throws ConfigException {
    Shard replica = ShardReader.read(shard, env, problems);
    problems.throwIfAny();
    read = new Snapshot(readText, secrets, config.caFile());
    List<String> truncated = readText == null ? List.of() : TruncatedPassphrase.warnings(readText);
    Stream<String> found =
        Stream.of(
                environment.warnings(),
                secrets.warnings(file),
                caFiles.warnings(),
                IgnoredProxies.warnings(
                    env, config.users(), file == null ? "OKX_PROXY_URL" : "proxy_url"),
                truncated,
                CcyParser.warnings(config.users()),
                RoundLength.warnings(config))
            .flatMap(List::stream)
            .map(problems::safe);
    List<String> warnings = Stream.concat(config.warnings().stream(), found).toList();
    return config.with(warnings, replica, config.caFile());
  }

  private static Problem conflictsWithFile(String variable) {
    return new Problem(variable, null, "expected to be unset with --config.file");
  }
}
