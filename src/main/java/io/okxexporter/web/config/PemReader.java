package io.okxexporter.web.config;

import io.okxexporter.config.LocaleText;
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

/** Reads what is PEM, from its setting or in the file that its twin names. */
final class PemReader {
  private static final String EXPECTED_PATH = "expected the path of a file";

  /** What is no path but belongs into a file. */
  private static final Pattern CONTENT = Pattern.compile("(?s).*(-----|\\p{Cntrl}).*");

  /** What may be the one line between the first and the last of a PEM key. */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/= ]{64,}");

  private final Path folder;
  private final @Nullable FileAccess files;

  /** Whether a text holds what it is to hold. */
  @FunctionalInterface
  interface PemCheck {
    /**
     * Returns where it does.
     *
     * @throws IOException saying what was expected
     */
    void accept(PemParser pem) throws IOException;
  }

  private PemReader(Path folder, @Nullable FileAccess files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Looks into the files.
   *
   * @param folder where relative paths start
   */
  static PemReader opening(Path folder, FileAccess files) {
    return new PemReader(folder, files);
  }

  /** Takes paths and texts as they are: who uses them will judge. */
  static PemReader naming(Path folder) {
    return new PemReader(folder, null);
  }

  static String fileKey(String key) {
    return key + "_file";
  }

  /** Whether there is anything under the key or its twin. */
  static boolean has(Section section, String key) {
    boolean inline = section.has(key);
    boolean file = section.has(fileKey(key)); // asked in any case, so that both are known
    return inline || file;
  }

  /** The PEM of a key or its twin; null where both are missing or one is wrong. */
  @Nullable Pem read(Section section, String key, PemCheck check) {
    if (!has(section, key)) {
      return null;
    }
    if (!section.has(fileKey(key))) {
      return section.hidden(key, text -> inline(text, check));
    }
    if (section.has(key)) {
      String twin = section.name(fileKey(key));
      section.report(key, null, "expected this or " + twin + ", not both");
      return null;
    }
    return section.text(fileKey(key), text -> file(text, check));
  }

  /** Likewise, of a key that must be there. */
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
      throw InvalidValueException.hidden(EXPECTED_PATH + ", not what is in it");
    }
    try {
      return file(folder.resolve(text), check);
    } catch (InvalidPathException e) {
      throw InvalidValueException.hidden(LocaleText.expectedInsteadOfPath(text));
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
