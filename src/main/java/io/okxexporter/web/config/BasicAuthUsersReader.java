package io.okxexporter.web.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code basic_auth_users}. */
final class BasicAuthUsersReader {
  private static final Pattern HASH =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");

  private BasicAuthUsersReader() {}

  /** Returns the hashes by user name. */
  static Map<String, Secret> read(Section section) {
    Map<String, Secret> users = new HashMap<>();
    for (String name : section.keys()) {
      if (name.isEmpty() || name.chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
        section.report(name, null, "expected a user name without colons or control characters");
      }
      Secret hash = section.hidden(name, BasicAuthUsersReader::parse);
      if (hash != null) {
        users.put(name, hash);
      }
    }
    return users;
  }

  private static Secret parse(String text) throws InvalidValueException {
    if (!HASH.matcher(text).matches()) {
      throw new InvalidValueException("expected a bcrypt hash, such as htpasswd -nBC 10 prints");
    }
    return new Secret(text);
  }
}
