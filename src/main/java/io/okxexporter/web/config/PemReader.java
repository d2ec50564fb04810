package io.okxexporter.web.config;

import io.okxexporter.config.LocaleEncoding;
import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import io.okxexporter.model.Secret;
import io.okxexporter.web.config.WebSettings.Pem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads PEM from a setting, or from the file named by the {@code _file} variant of its key. */
final class PemReader {
  private static final String EXPECTED_PATH = "expected the path of a file";

  /** The content of a file in place of its path. */
  private static final Pattern CONTENT = Pattern.compile("(?s).*(-----|\\p{Cntrl}).*");

  /** Text that may be the one line between the first and the last of a PEM key. */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/= ]{64,}");

  private final Path folder;
  private final @Nullable FileAccess files;

  /** Checks that PEM has the expected content. */
  @FunctionalInterface
  interface PemCheck {
    /**
     * Checks the PEM.
     *
     * @throws IOException stating what was expected
     */
    void accept(PemParser pem) throws IOException;
  }

  private PemReader(Path folder, @Nullable FileAccess files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Returns a reader that checks the PEM, also of the files.
   *
   * @param folder the base of relative paths
   */
  static PemReader opening(Path folder, FileAccess files) {
    return new PemReader(folder, files);
  }

  /** Returns a reader that takes paths and PEM as they are; they are checked when used. */
  static PemReader naming(Path folder) {
    return new PemReader(folder, null);
  }

  static String fileKey(String key) {
    return key + "_file";
  }

  /** Whether the key or its variant is present. */
  static boolean has(Section section, String key) {
    boolean inline = section.has(key);
    boolean file = section.has(fileKey(key)); // always evaluated, so that both are known
    return inline || file;
  }

  /** Returns the PEM of a key or its variant; null where both are missing or one is invalid. */
  @Nullable Pem read(Section section, String key, PemCheck check) {
    if (!has(section, key)) {
      return null;
    }
    if (!section.has(fileKey(key))) {
      return section.hidden(key, text -> inline(text, check));
    }
    if (section.has(key)) {
      String variant = section.name(fileKey(key));
      section.report(key, null, "expected this or " + variant + ", not both");
      return null;
    }
    return section.text(fileKey(key), text -> file(text, check));
  }

  /** Likewise, for a required key. */
  @Nullable Pem readRequired(Section section, String key, PemCheck check) {
    if (!has(section, key)) {
      section.report(key, null, "this or " + section.name(fileKey(key)) + " must be set");
    }
    return read(section, key, check);
  }

  private Pem inline(String text, PemCheck check) throws InvalidValueException {
    if (files != null) {
      check(text, check);
    }
    return new Pem.Inline(new Secret(text));
  }

  private static void check(String text, PemCheck check) throws InvalidValueException {
    try {
      check.accept(new PemParser(text));
    } catch (IOException e) {
      throw new InvalidValueException(String.valueOf(e.getMessage()));
    }
  }

  private Pem file(String text, PemCheck check) throws InvalidValueException {
    if (text.isEmpty()) {
      throw new InvalidValueException(EXPECTED_PATH);
    }
    if (CONTENT.matcher(text).matches()) {
      throw InvalidValueException.hidden(EXPECTED_PATH + ", not its content");
    }
    try {
      return file(folder.resolve(text), check);
    } catch (InvalidPathException e) {
      throw InvalidValueException.hidden(LocaleEncoding.expectedInsteadOfPath(text));
    } catch (InvalidValueException e) {
      throw BASE64.matcher(text).matches() ? InvalidValueException.hidden(e.expected()) : e;
    }
  }

  private Pem file(Path path, PemCheck check) throws InvalidValueException {
    FileAccess access = files;
    try {
      if (access != null) {
        check(PemParser.read(path, access), check);
      }
      return new Pem.File(path);
    } catch (FileException e) {
      throw new InvalidValueException(e.expected());
    }
  }
}
