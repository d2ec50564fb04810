package io.okxexporter.config;

import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import org.jspecify.annotations.Nullable;

/**
 * A user and where it was configured. Until no problem is left, defaults stand in for what was
 * wrong and empty secrets for those that are missing.
 */
record ConfiguredUser(User user, Section section) {
  /** Null where it could not be read. */
  @Nullable Secret apiKey() {
    Secret key = user.credentials().apiKey();
    return key.reveal().isEmpty() ? null : key;
  }

  /** What a report calls the user. */
  String quotedName() {
    return user.name() == null ? section.title() : "user " + Problem.quoted(user.name());
  }
}
