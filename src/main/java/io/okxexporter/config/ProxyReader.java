package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.HttpProxy.Login;
import io.okxexporter.model.Secret;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the proxy of a user. */
final class ProxyReader {
  static final String PASSWORD = "proxy_password";

  private static final String URL = "proxy_url";
  private static final String USER = "proxy_user";

  /** A colon ends the user in the scheme Basic. */
  private static final Pattern USER_SYNTAX = Pattern.compile("[!-9;-~]([ -9;-~]*[!-9;-~])?");

  private ProxyReader() {}

  /** Whether the proxy has a user or a password, so that it needs both. */
  static boolean hasLogin(Section section) {
    boolean user = section.has(USER);
    boolean password = section.has(PASSWORD);
    boolean file = section.has(SecretReader.fileKey(PASSWORD));
    return user || password || file;
  }

  /**
   * Reads the proxy; null where there is none, or where it is reported as invalid.
   *
   * @param password null without one
   */
  static @Nullable HttpProxy read(Section section, @Nullable Secret password) {
    URI url = section.text(URL, UrlParser::parseProxy);
    String user = section.text(USER, ProxyReader::parseUser);
    if (password == null) {
      return url == null ? null : new HttpProxy(url, null);
    }
    require(section, URL);
    require(section, USER);
    return url == null || user == null ? null : new HttpProxy(url, new Login(user, password));
  }

  private static void require(Section section, String key) {
    if (!section.has(key)) {
      section.report(key, null, "must be set together with " + section.name(PASSWORD));
    }
  }

  private static String parseUser(String text) throws InvalidValueException {
    if (!USER_SYNTAX.matcher(text).matches()) {
      throw new InvalidValueException(
          "expected one line of printable ASCII without a colon or blanks around it");
    }
    return text;
  }
}
