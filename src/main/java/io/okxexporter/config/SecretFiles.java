package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.config.yaml.TextFile;
import io.okxexporter.file.FileAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The secret files of one read of the configuration. A user with secrets in use keeps all of them
 * if one of its files is invalid; other users still get new ones.
 */
final class SecretFiles {
  private final FileAccess access;
  private final Problems reports;
  private final Map<String, UserSecrets> inUse;
  private final Set<Path> paths = new TreeSet<>();
  private final Map<String, UserSecrets> settled = new HashMap<>();
  private final Set<String> keptTitles = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean inline;

  /**
   * @param reports hide the secrets
   * @param inUse secrets by the title of their section; empty if every problem is fatal
   */
  SecretFiles(FileAccess access, Problems reports, Map<String, UserSecrets> inUse) {
    this.access = access;
    this.reports = reports;
    this.inUse = inUse;
  }

  String read(Path file, int maxBytes) throws InvalidValueException {
    paths.add(file);
    String secret = TextFile.read(() -> access.read(file, maxBytes));
    reports.hide(secret);
    return secret;
  }

  boolean exists(Path path) {
    return access.exists(path);
  }

  /** A secret is in the configuration itself. */
  void foundInline() {
    inline = true;
  }

  /**
   * Warns, in one line, of the files with secrets that other users of this machine can read.
   *
   * @param configFile the configuration file; null for the environment
   */
  List<String> warnings(@Nullable Path configFile) {
    List<Path> readable =
        Stream.concat(inline ? Stream.ofNullable(configFile) : Stream.empty(), paths.stream())
            .filter(access::isReadableByOthers)
            .toList();
    if (readable.isEmpty()) {
      return List.of();
    }
    int others = readable.size() - 1;
    return List.of(
        Problem.quoted(readable.get(0).toString())
            + (others == 0 ? "" : " and " + others + " more secret files")
            + ": every user of this machine can read this; expected the exporter's user only"
            + " (chmod o-r)");
  }

  /** Keeps the secrets in use despite a problem; returns false if there are none. */
  boolean keep(String title, Problem problem) {
    boolean kept = inUse.containsKey(title);
    if (kept) {
      keptTitles.add(title);
      problems.add(problem);
    }
    return kept;
  }

  /** Returns the secrets to use. */
  UserSecrets settle(String title, UserSecrets read) {
    UserSecrets secrets = keptTitles.contains(title) ? inUse.getOrDefault(title, read) : read;
    settled.put(title, secrets);
    return secrets;
  }

  /** Returns the secrets by the title of their section. */
  Map<String, UserSecrets> settled() {
    return Map.copyOf(settled);
  }

  /** The problems for which secrets were kept. */
  List<Problem> problems() {
    return problems.stream().map(reports::safe).toList();
  }

  /** The files that were read. */
  Set<Path> paths() {
    return Set.copyOf(paths);
  }

  /** The current stamps of these files. */
  List<String> stamps() {
    return access.stamps(List.copyOf(paths));
  }
}
