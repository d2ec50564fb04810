package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.config.yaml.Suggestion;
import io.okxexporter.config.yaml.YamlNode;
import io.okxexporter.config.yaml.YamlNode.Entry;
import io.okxexporter.config.yaml.YamlNode.Kind;
import io.okxexporter.config.yaml.YamlNode.Scalar;
import io.okxexporter.config.yaml.YamlNode.Sequence;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the only user that the environment can describe. Turns the variables into a section of a
 * file that reports each setting by its variable.
 */
final class Environment {
  private static final String PREFIX = "OKX_";

  /** Kubernetes sets these itself for a service named okx-exporter. */
  private static final String KUBERNETES_PREFIX = "OKX_EXPORTER_";

  private static final List<String> CREDENTIALS =
      List.of("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_PASSPHRASE");

  private static final List<String> SECRETS =
      CREDENTIALS.stream().flatMap(name -> Stream.of(name, fileVariant(name))).toList();

  private static final String PROXY_PASSWORD = "OKX_PROXY_PASSWORD";

  /** Never shown. */
  private static final List<String> HIDDEN =
      Stream.concat(SECRETS.stream(), Stream.of(PROXY_PASSWORD, fileVariant(PROXY_PASSWORD)))
          .toList();

  private static final List<String> KNOWN =
      Stream.concat(
              HIDDEN.stream(),
              Stream.of(
                  "OKX_USER",
                  "OKX_REGION",
                  "OKX_DEMO",
                  "OKX_CCYS",
                  "OKX_PROXY_URL",
                  "OKX_PROXY_USER",
                  "OKX_CA_FILE",
                  "OKX_DIAGNOSIS",
                  "OKX_ALLOW_TRADING_KEYS",
                  "OKX_FLOWS"))
          .toList();

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = new TreeMap<>(variables);
  }

  private static String fileVariant(String name) {
    return name + "_FILE";
  }

  /** The variables that are not empty and hold part of the key or name its file. */
  List<String> secrets() {
    return SECRETS.stream().filter(this::isFilled).toList();
  }

  /** The variables that hold a secret themselves. */
  List<String> inlineSecrets() {
    return CREDENTIALS.stream().filter(this::isFilled).toList();
  }

  /** All known variables that are not empty. */
  List<String> settings() {
    return KNOWN.stream().filter(this::isFilled).toList();
  }

  private boolean isFilled(String name) {
    return !variables.getOrDefault(name, "").isEmpty();
  }

  /** Warns of unknown variables with the prefix, by name only: their values may be secrets. */
  List<String> warnings() {
    return unknown().stream().map(Problem::toString).toList();
  }

  private List<Problem> unknown() {
    return variables.keySet().stream()
        .filter(Environment::hasPrefix)
        .filter(name -> !KNOWN.contains(name) && !name.equals(ShardReader.VARIABLE))
        .map(name -> new Problem(name, null, expectedInsteadOf(name)))
        .toList();
  }

  private static boolean hasPrefix(String name) {
    return name.startsWith(PREFIX) && !name.startsWith(KUBERNETES_PREFIX);
  }

  private static String expectedInsteadOf(String name) {
    return Suggestion.to(
            name, Stream.concat(KNOWN.stream(), Stream.of(ShardReader.VARIABLE)).toList())
        .map(near -> "unknown variable, did you mean " + near + "?")
        .orElse("unknown variable");
  }

  /**
   * Reads the configuration; reports invalid variables as problems.
   *
   * @throws ConfigException if the locale has damaged a variable
   */
  Config read(Problems problems, SecretFiles secretFiles, CaFileReader caFiles)
      throws ConfigException {
    damaged().forEach(problem -> problems.add(Problems.FIRST, problem));
    problems.throwIfAny();
    reportMisspelt(problems);
    if (SECRETS.stream().noneMatch(variables::containsKey)) {
      reportNothing(problems);
      return Config.defaults(List.of());
    }
    Section section = new Section("the environment", Environment::variable, mapping(), problems);
    DiagnosisSettings switches = DiagnosisSettings.read(section);
    LedgerSettings ledgers = LedgerSettings.readSwitch(section);
    Path folder = Path.of("").toAbsolutePath();
    CaFile caFile = caFiles.read(section, folder);
    ConfiguredUser user = new UserReader(folder, secretFiles).read(section);
    checkUnits(section, user.user());
    return Config.defaults(switches, List.of(user.user()))
        .with(ledgers)
        .with(DubiousSecrets.warnings(List.of(user)), Shard.WHOLE, caFile);
  }

  /**
   * Finds variables that have lost a letter. Secrets are exempt, as they are ASCII in any locale.
   * The path of a secret file is not shown, as it may be the secret itself, set by mistake.
   */
  private List<Problem> damaged() {
    return variables.entrySet().stream()
        .filter(variable -> hasPrefix(variable.getKey()))
        .flatMap(variable -> damage(variable.getKey(), variable.getValue()).stream())
        .toList();
  }

  private static Optional<Problem> damage(String name, String value) {
    if (!isDamaged(name, value)) {
      return Optional.empty();
    }
    boolean shown = KNOWN.contains(name) && !HIDDEN.contains(name);
    return Optional.of(new Problem(name, shown ? value : null, LocaleEncoding.expected()));
  }

  private static boolean isDamaged(String name, String value) {
    boolean secret = CREDENTIALS.contains(name) || name.equals(PROXY_PASSWORD);
    if (!KNOWN.contains(name) || secret || value.isEmpty()) {
      return LocaleEncoding.isDamaged(name);
    }
    return HIDDEN.contains(name)
        ? LocaleEncoding.isDamagedPath(value)
        : LocaleEncoding.isDamaged(value);
  }

  /** A missing credential may be set under a misspelt name. */
  private void reportMisspelt(Problems problems) {
    if (CREDENTIALS.stream().anyMatch(this::isMissing)) {
      unknown().forEach(problem -> problems.add(Integer.MAX_VALUE, problem));
    }
  }

  private boolean isMissing(String name) {
    return !variables.containsKey(name) && !variables.containsKey(fileVariant(name));
  }

  private static void reportNothing(Problems problems) {
    String expected =
        "expected the three parts of a read-only OKX API key, each in its variable or in a file"
            + " named by the variable with _FILE appended; use --config.file for several users,"
            + " --simulate to try it without a key";
    problems.add(Problems.FIRST, new Problem(String.join(", ", CREDENTIALS), null, expected));
  }

  private static void checkUnits(Section section, User user) {
    try {
      RoundLength.longest(List.of(user))
          .checked(Config.DEFAULT_STALE_AFTER, Config.DEFAULT_POLL_INTERVAL);
    } catch (InvalidValueException e) {
      String expected = "expected fewer units, or a configuration file with a longer stale_after";
      section.report("ccys", user.ccys().size() + " units", expected);
    }
  }

  /** Treats empty variables as unset, as Compose files set them, but not an empty secret. */
  private YamlNode.Mapping mapping() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < KNOWN.size(); i++) {
      String name = KNOWN.get(i);
      if (isFilled(name) || (SECRETS.contains(name) && variables.containsKey(name))) {
        entries.put(key(name), new Entry(i, 0, node(name, i)));
      }
    }
    return new YamlNode.Mapping(Problems.FIRST, entries);
  }

  private YamlNode node(String name, int offset) {
    String value = variables.getOrDefault(name, "");
    return switch (name) {
      case "OKX_CCYS" -> units(value, offset);
      case "OKX_DEMO", "OKX_DIAGNOSIS", "OKX_ALLOW_TRADING_KEYS", "OKX_FLOWS" ->
          new Scalar(offset, Kind.BOOLEAN, value);
      default -> new Scalar(offset, Kind.TEXT, value);
    };
  }

  private static YamlNode units(String value, int offset) {
    return new Sequence(
        offset,
        Stream.of(value.split(",", -1))
            .<YamlNode>map(unit -> new Scalar(offset, Kind.TEXT, unit.strip()))
            .toList());
  }

  private static String key(String variable) {
    String key = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    return key.equals("user") ? "name" : key;
  }

  private static String variable(String key) {
    return PREFIX + (key.equals("name") ? "user" : key).toUpperCase(Locale.ROOT);
  }
}
