package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.file.FileAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the file of further authorities: that of the configuration, or else that of the
 * variable which other programs use.
 */
final class CaFileReader {
  static final String KEY = "ca_file";
  static final String VARIABLE = "SSL_CERT_FILE";

  private final FileAccess files;
  private final Map<String, String> env;
  private final @Nullable Kept kept;
  private final List<String> warnings = new ArrayList<>();

  /**
   * The file in use, which stays.
   *
   * @param caFile null for none
   */
  record Kept(@Nullable CaFile caFile) {}

  /**
   * @param kept returned instead of reading a file; null to read it
   */
  CaFileReader(FileAccess files, Map<String, String> env, @Nullable Kept kept) {
    this.files = files;
    this.env = env;
    this.kept = kept;
  }

  /**
   * Returns the file; null without one.
   *
   * @param folder the base of relative paths in the section
   */
  @Nullable CaFile read(Section section, Path folder) {
    boolean configured = section.has(KEY);
    if (kept != null) {
      return kept.caFile();
    }
    if (configured) {
      return section.text(
          KEY, text -> CaFile.read(folder.resolve(LocaleEncoding.path(text)), files));
    }
    String text = env.getOrDefault(VARIABLE, "");
    return text.isEmpty() ? null : ofVariable(text);
  }

  /** Only warns, as the variable may be meant for other programs. */
  private @Nullable CaFile ofVariable(String text) {
    try {
      return CaFile.read(LocaleEncoding.path(text).toAbsolutePath(), files);
    } catch (InvalidValueException e) {
      warnings.add(e.at(VARIABLE, text) + "; it is not used");
      return null;
    }
  }

  List<String> warnings() {
    return warnings;
  }
}
