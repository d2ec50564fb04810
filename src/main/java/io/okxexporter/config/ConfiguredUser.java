package io.okxexporter.config;

import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import org.jspecify.annotations.Nullable;

/**
 * A user and its section of the configuration. While there are problems, defaults replace invalid
 * settings, and empty secrets replace missing ones.
 */
record ConfiguredUser(User user, Section section) {
  /** Null where it could not be read. */
  @Nullable Secret apiKey() {
    Secret key = user.credentials().apiKey();
    return key.reveal().isEmpty() ? null : key;
  }

  /** The name of the user in reports. */
  String quotedName() {
    return user.name() == null ? section.title() : "user " + Problem.quoted(user.name());
  }
}
