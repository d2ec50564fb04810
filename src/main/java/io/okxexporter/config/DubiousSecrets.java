package io.okxexporter.config;

import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Detects texts that are probably not yet the secret: a variable that nothing has replaced, a
 * placeholder, a secret in quotation marks. A passphrase may be any of these, so they are allowed.
 */
final class DubiousSecrets {
  private static final String VARIABLE_WARNING =
      "looks like a variable that nothing has replaced; okx-exporter takes it as written";
  private static final String PLACEHOLDER_WARNING =
      "looks like a placeholder; put in what OKX shows, for a passphrase the one you chose";
  private static final String QUOTED_WARNING =
      "is in quotation marks, which are taken as part of the secret; remove them unless OKX has"
          + " them";

  /** Not for capital and small letters mixed, as in a passphrase. */
  private static final String NAME = "([A-Z0-9_]+|[a-z0-9_]+)";

  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$\\{[^}]*}|\\$\\([^)]*\\)|\\{\\{.*}}|\\$NAME|%NAME%".replace("NAME", NAME));

  private static final Pattern QUOTED = Pattern.compile("(['\"`])(.*)\\1");

  private static final String TELLTALE =
      "your|my|insert|enter|paste|put|replace|change|fill|example|sample|dummy|placeholder|todo|tbd"
          + "|fixme|null|none|undefined";

  /** Besides the obvious ones, all texts that are words, at least one of them a telltale. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "[xX*.?_-]{3,}"
              + "|[<\\[{][A-Za-z _-]+[>\\]}]"
              + "|(?i)(api|secret)[-_. ]?key|passphrase"
              + ("|(?=.*(" + TELLTALE + "))((" + TELLTALE)
              + "|okx|api|key|secret|pass|phrase|password|value|here|me|it|in|with|the|this)"
              + "[-_. ]?)+");

  /** Longer texts are not compared. */
  private static final int MAX_LENGTH = 64;

  private DubiousSecrets() {}

  /** Returns one warning of each kind, with the first setting that it concerns. */
  static List<String> warnings(List<ConfiguredUser> users) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    for (ConfiguredUser user : users) {
      Credentials credentials = user.user().credentials();
      add(settings, user.section(), "api_key", credentials.apiKey());
      add(settings, user.section(), "secret_key", credentials.secretKey());
      add(settings, user.section(), "passphrase", credentials.passphrase());
    }
    return settings.entrySet().stream().map(e -> warning(e.getValue(), e.getKey())).toList();
  }

  private static void add(
      Map<String, List<String>> settings, Section section, String key, Secret secret) {
    String setting = section.name(section.has(key) ? key : key + "_file");
    doubt(secret.reveal())
        .ifPresent(kind -> settings.computeIfAbsent(kind, any -> new ArrayList<>()).add(setting));
  }

  private static String warning(List<String> settings, String kind) {
    String others = settings.size() == 1 ? "" : " and " + (settings.size() - 1) + " more";
    return settings.get(0) + others + ": " + kind;
  }

  private static Optional<String> doubt(String secret) {
    if (secret.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String inner = QUOTED.matcher(secret).replaceFirst("$2");
    if (VARIABLE.matcher(inner).matches()) {
      return Optional.of(VARIABLE_WARNING);
    }
    if (PLACEHOLDER.matcher(inner).matches()) {
      return Optional.of(PLACEHOLDER_WARNING);
    }
    return inner.equals(secret) ? Optional.empty() : Optional.of(QUOTED_WARNING);
  }
}
