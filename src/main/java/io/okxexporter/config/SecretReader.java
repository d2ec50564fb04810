package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the secrets of a user, each from its setting or from a file that its setting names: the
 * three texts of an API key, and the password of a proxy.
 */
final class SecretReader {
  /** Returned after a problem is reported; no real secret is empty. */
  private static final Secret MISSING = new Secret("");

  private static final Pattern FILE_WORDS =
      Pattern.compile("(users?|okx|api|secret|key|pass|phrase|word|txt|[._-])*");

  /** No file has a longer name; the pattern needs stack for each word. */
  private static final int MAX_FILE_NAME = 255;

  private final Path folder;
  private final SecretFiles files;

  /**
   * @param folder the base of relative paths
   * @param files reads the secret files
   */
  SecretReader(Path folder, SecretFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Reads the secrets; those missing or invalid are reported, and empty in the result.
   *
   * @param user the name of the user; null if it has none
   */
  UserSecrets read(Section section, @Nullable String user) {
    Secret apiKey = secret(section, "api_key", user);
    Secret secretKey = secret(section, "secret_key", user);
    Credentials key = new Credentials(apiKey, secretKey, secret(section, "passphrase", user));
    Secret proxyPassword =
        ProxyReader.hasLogin(section) ? secret(section, ProxyReader.PASSWORD, user) : null;
    return files.settle(section.title(), new UserSecrets(key, proxyPassword));
  }

  /** The key of the setting that names the file of a secret. */
  static String fileKey(String key) {
    return key + "_file";
  }

  private Secret secret(Section section, String key, @Nullable String user) {
    String fileKey = fileKey(key);
    boolean inline = section.has(key);
    if (inline == section.has(fileKey)) {
      String either = "this or " + section.name(fileKey);
      String expected = inline ? "expected " + either + ", not both" : either + " must be set";
      section.report(key, null, expected);
      return MISSING;
    }
    if (inline) {
      files.foundInline();
    }
    Secret secret =
        inline
            ? section.hidden(key, SecretText::parse)
            : section.text(fileKey, text -> inFile(section, fileKey, text, user));
    return secret == null ? MISSING : secret;
  }

  private Secret inFile(Section section, String fileKey, String text, @Nullable String user)
      throws InvalidValueException {
    try {
      return read(path(text), user);
    } catch (InvalidValueException e) {
      if (files.keep(section.title(), e.at(section.name(fileKey), text))) {
        return MISSING;
      }
      throw e;
    }
  }

  private static Path path(String text) throws InvalidValueException {
    if (text.isEmpty()) {
      throw new InvalidValueException("expected the path of a file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw InvalidValueException.hidden(LocaleEncoding.expectedInsteadOfPath(text));
    }
  }

  private Secret read(Path path, @Nullable String user) throws InvalidValueException {
    try {
      return SecretText.parse(
          withoutNewline(files.read(folder.resolve(path), SecretText.MAX_BYTES)));
    } catch (InvalidValueException e) {
      boolean shown = isPath(path) || isNamedAfter(user, path.toString());
      throw (shown ? e : InvalidValueException.hidden(e.expected())).with(where(path, user, shown));
    }
  }

  /** Returns the facts that lead to one of many files. */
  private String where(Path path, @Nullable String user, boolean shown) {
    String facts =
        Stream.of(
                user == null ? "" : "user " + Problem.quoted(user),
                path.isAbsolute() ? "" : "in " + folder,
                shown ? "" : "by a name that may be the secret itself")
            .filter(fact -> !fact.isEmpty())
            .collect(Collectors.joining(", "));
    return facts.isEmpty() ? "" : " (" + facts + ")";
  }

  /** Whether the text looks like a path; a single word may be the secret itself, set by mistake. */
  private boolean isPath(Path path) {
    boolean several = path.getNameCount() > 1;
    return files.exists(folder.resolve(path))
        || (several && (path.isAbsolute() || files.exists(folder.resolve(path.getName(0)))));
  }

  /** Whether it has nothing but the name of the user and words for a secret, so is none. */
  private static boolean isNamedAfter(@Nullable String user, String file) {
    String rest = user == null ? file : file.replace(user, "");
    return rest.length() <= MAX_FILE_NAME && FILE_WORDS.matcher(rest).matches();
  }

  private static String withoutNewline(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
