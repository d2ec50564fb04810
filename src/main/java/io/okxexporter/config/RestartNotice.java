package io.okxexporter.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says which credentials the process sees as they were at its start, whatever is reloaded. */
final class RestartNotice {
  /** Set by systemd; the folder of the copies that LoadCredential makes. */
  private static final String CREDENTIALS_DIRECTORY = "CREDENTIALS_DIRECTORY";

  private RestartNotice() {}

  /**
   * Returns the notice, or an empty text.
   *
   * @param variables those that hold a secret
   * @param files those that were read
   */
  static String of(List<String> variables, Collection<Path> files, Map<String, String> env) {
    return Stream.of(ofVariables(variables), ofCopies(files, env))
        .filter(notice -> !notice.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String ofVariables(List<String> variables) {
    return variables.isEmpty()
        ? ""
        : String.join(", ", variables).replaceFirst(", (?=[^,]+$)", " and ")
            + " are read when okx-exporter starts: restart it after a change";
  }

  private static String ofCopies(Collection<Path> files, Map<String, String> env) {
    String folder = env.getOrDefault(CREDENTIALS_DIRECTORY, "");
    boolean copies =
        !folder.isEmpty() && files.stream().anyMatch(file -> file.startsWith(Path.of(folder)));
    return copies
        ? "the files in "
            + folder
            + " are copies that systemd made when okx-exporter started: restart it after a change"
        : "";
  }
}
