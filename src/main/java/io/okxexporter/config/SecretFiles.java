package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.TextFile;
import io.okxexporter.file.FileAccess;
import io.okxexporter.model.Credentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of secrets in one reading of the configuration. A user that has credentials in use
 * keeps all of them where one of its files is wrong: that is no reason to refuse new ones of
 * others.
 */
final class SecretFiles {
  private final FileAccess access;
  private final Map<String, Credentials> inUse;
  private final Set<Path> paths = new TreeSet<>();
  private final Map<String, Credentials> credentials = new HashMap<>();
  private final Set<String> keeping = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param inUse credentials by the title of their section; empty where every problem refuses
   */
  SecretFiles(FileAccess access, Map<String, Credentials> inUse) {
    this.access = access;
    this.inUse = inUse;
  }

  String read(Path file, int maxBytes) throws InvalidValueException {
    paths.add(file);
    return TextFile.read(() -> access.read(file, maxBytes));
  }

  boolean exists(Path path) {
    return access.exists(path);
  }

  /** Whether the credentials in use stay in spite of this problem. */
  boolean keep(String title, Problem problem) {
    boolean keeps = inUse.containsKey(title);
    if (keeps) {
      keeping.add(title);
      problems.add(problem);
    }
    return keeps;
  }

  /** The credentials to use. */
  Credentials settle(String title, Credentials read) {
    Credentials settled = keeping.contains(title) ? inUse.getOrDefault(title, read) : read;
    credentials.put(title, settled);
    return settled;
  }

  /** By the title of their section. */
  Map<String, Credentials> credentials() {
    return Map.copyOf(credentials);
  }

  /** Why credentials were kept. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** What these files look like now. */
  List<String> stamps() {
    return access.stamps(List.copyOf(paths));
  }
}
