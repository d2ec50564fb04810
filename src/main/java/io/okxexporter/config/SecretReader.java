package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads the secrets of a user, each from its setting or from a file that its setting names: the
 * three texts of an API key, and the password of a proxy.
 */
final class SecretReader {
  private static final int MAX_BYTES = 4096;

  /** Returned after a problem is reported; no real secret is empty. */
  private static final Secret MISSING = new Secret("");

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

  /** Reads the secrets; those missing or invalid are reported, and empty in the result. */
  UserSecrets read(Section section) {
    Secret apiKey = secret(section, "api_key");
    Secret secretKey = secret(section, "secret_key");
    Credentials key = new Credentials(apiKey, secretKey, secret(section, "passphrase"));
    Secret proxyPassword =
        ProxyReader.hasLogin(section) ? secret(section, ProxyReader.PASSWORD) : null;
    return files.settle(section.title(), new UserSecrets(key, proxyPassword));
  }

  /** The key of the setting that names the file of a secret. */
  static String fileKey(String key) {
    return key + "_file";
  }

  private Secret secret(Section section, String key) {
    String fileKey = fileKey(key);
    boolean inline = section.has(key);
    if (inline == section.has(fileKey)) {
      String either = "this or " + section.name(fileKey);
      String expected = inline ? "expected " + either + ", not both" : either + " must be set";
      section.report(key, null, expected);
      return MISSING;
    }
    Secret secret =
        inline
            ? section.hidden(key, SecretReader::parse)
            : section.text(fileKey, text -> inFile(section, fileKey, text));
    return secret == null ? MISSING : secret;
  }

  /**
   * As strict as HTTP headers, for the secret key as well: OKX issues nothing else, so anything
   * else is a copy-and-paste error.
   */
  private static Secret parse(String text) throws InvalidValueException {
    if (text.isEmpty()) {
      throw new InvalidValueException("expected a secret, but it is empty");
    }
    if (text.length() > MAX_BYTES || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new InvalidValueException("expected a secret of one line of printable ASCII");
    }
    if (!text.equals(text.strip())) {
      throw new InvalidValueException("expected a secret without leading or trailing blanks");
    }
    return new Secret(text);
  }

  private Secret inFile(Section section, String fileKey, String text) throws InvalidValueException {
    try {
      return parseFileName(text);
    } catch (InvalidValueException e) {
      if (files.keep(section.title(), e.at(section.name(fileKey), text))) {
        return MISSING;
      }
      throw e;
    }
  }

  private Secret parseFileName(String text) throws InvalidValueException {
    if (text.isEmpty()) {
      throw new InvalidValueException("expected the path of a file");
    }
    try {
      Path file = folder.resolve(text);
      return parse(withoutNewline(files.read(file, MAX_BYTES)));
    } catch (InvalidPathException e) {
      throw InvalidValueException.hidden(LocaleEncoding.expectedInsteadOfPath(text));
    } catch (InvalidValueException e) {
      throw isPath(text) ? e : InvalidValueException.hidden(e.expected());
    }
  }

  /** Whether the text looks like a path; a single word may be the secret itself, set by mistake. */
  private boolean isPath(String text) {
    Path path = Path.of(text);
    Path parent = path.getParent();
    boolean somewhere = parent != null && files.exists(folder.resolve(parent));
    return files.exists(folder.resolve(path))
        || (path.getNameCount() > 1 && (path.isAbsolute() || somewhere));
  }

  private static String withoutNewline(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
