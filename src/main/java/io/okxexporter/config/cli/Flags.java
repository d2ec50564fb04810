package io.okxexporter.config.cli;

import io.okxexporter.config.ListenAddress;
import io.okxexporter.config.LocaleEncoding;
import io.okxexporter.config.ShardReader;
import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.ValueParser;
import io.okxexporter.log.LogFormat;
import io.okxexporter.model.Shard;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.ParseResult;

/**
 * The flags of the command line.
 *
 * @param configFile {@code --config.file}; null for the environment
 * @param configCheck {@code --config.check}
 * @param shard {@code --shard}; null where it is not given
 * @param listenAddresses {@code --web.listen-address}; at least one, unresolved where the host is
 *     unknown, port 0 for any free one
 * @param allowedHosts {@code --web.allowed-host}
 * @param telemetryPath {@code --web.telemetry-path}; starts with a slash
 * @param webConfigFile {@code --web.config.file}; null for plain HTTP without authentication
 * @param enableLifecycle {@code --web.enable-lifecycle}
 * @param disableExporterMetrics {@code --web.disable-exporter-metrics}
 * @param maxRequests {@code --web.max-requests}; 0 for no limit
 * @param logLevel {@code --log.level}
 * @param logFormat {@code --log.format}
 * @param simulate {@code --simulate}
 * @param simulatedUsers {@code --simulate.users}; empty for one user without a name
 * @param simulatorAddress {@code --simulate.listen-address}; null for any free port of loopback
 * @param simulateOnce {@code --simulate.once}
 * @param version {@code --version}
 * @param help {@code --help}
 */
public record Flags(
    @Nullable Path configFile,
    boolean configCheck,
    @Nullable Shard shard,
    List<InetSocketAddress> listenAddresses,
    List<String> allowedHosts,
    String telemetryPath,
    @Nullable Path webConfigFile,
    boolean enableLifecycle,
    boolean disableExporterMetrics,
    int maxRequests,
    Level logLevel,
    LogFormat logFormat,
    boolean simulate,
    OptionalInt simulatedUsers,
    @Nullable InetSocketAddress simulatorAddress,
    boolean simulateOnce,
    boolean version,
    boolean help) {
  static final String DEFAULT_LISTEN_ADDRESS = "127.0.0.1:10058";
  static final String DEFAULT_TELEMETRY_PATH = "/metrics";

  static final int DEFAULT_MAX_REQUESTS = 40;

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_.])?");

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  /** Copies the lists. */
  public Flags {
    listenAddresses = List.copyOf(listenAddresses);
    allowedHosts = List.copyOf(allowedHosts);
  }

  /** What {@code --help} prints. */
  public static String usage() {
    return FlagSyntax.usage();
  }

  /** The flags that apply once the exporter serves, by name, in order. */
  public Map<String, String> effective() {
    Map<String, String> flags = new LinkedHashMap<>();
    if (configFile != null) {
      flags.put("--config.file", configFile.toString());
    }
    flags.put(
        "--web.listen-address",
        listenAddresses.stream().map(ListenAddress::format).collect(Collectors.joining(" ")));
    if (!allowedHosts.isEmpty()) {
      flags.put("--web.allowed-host", String.join(" ", allowedHosts));
    }
    flags.put("--web.telemetry-path", telemetryPath);
    if (webConfigFile != null) {
      flags.put("--web.config.file", webConfigFile.toString());
    }
    flags.put("--web.enable-lifecycle", Boolean.toString(enableLifecycle));
    flags.put("--web.disable-exporter-metrics", Boolean.toString(disableExporterMetrics));
    flags.put("--web.max-requests", Integer.toString(maxRequests));
    flags.put("--log.level", logLevel.toString().toLowerCase(Locale.ROOT));
    flags.put("--log.format", logFormat.toString().toLowerCase(Locale.ROOT));
    flags.put("--simulate", Boolean.toString(simulate));
    return flags;
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException with the first problem, in one line
   */
  public static Flags parse(String... args) throws UsageException {
    return of(FlagSyntax.parse(args));
  }

  /** Reads the flags common to all commands. */
  static Flags of(ParseResult given) throws UsageException {
    Flags flags =
        new Flags(
            value(given, "--config.file", LocaleEncoding::path),
            given.hasMatchedOption("--config.check"),
            value(given, ShardReader.FLAG, ShardReader::parse),
            listenAddresses(given),
            allowedHosts(given),
            Objects.requireNonNullElse(
                value(given, "--web.telemetry-path", Flags::parsePath), DEFAULT_TELEMETRY_PATH),
            value(given, "--web.config.file", LocaleEncoding::path),
            given.hasMatchedOption("--web.enable-lifecycle"),
            given.hasMatchedOption("--web.disable-exporter-metrics"),
            Objects.requireNonNullElse(
                value(given, "--web.max-requests", Flags::parseMaxRequests), DEFAULT_MAX_REQUESTS),
            Objects.requireNonNullElse(value(given, "--log.level", Flags::parseLevel), Level.INFO),
            Objects.requireNonNullElse(
                value(given, "--log.format", Flags::parseFormat), LogFormat.LOGFMT),
            given.hasMatchedOption("--simulate"),
            users(value(given, "--simulate.users", Flags::parseUsers)),
            value(given, "--simulate.listen-address", ListenAddress::parseLoopback),
            given.hasMatchedOption("--simulate.once"),
            given.hasMatchedOption("--version"),
            given.hasMatchedOption("--help"));
    flags.rejectContradictions();
    return flags;
  }

  private void rejectContradictions() throws UsageException {
    reject("--simulate.users", simulatedUsers.isPresent() && !simulate, "only with --simulate");
    reject(
        "--simulate.listen-address", simulatorAddress != null && !simulate, "only with --simulate");
    reject("--simulate.once", simulateOnce && !simulate, "only with --simulate");
    reject(
        "--simulate.once",
        simulateOnce && webConfigFile != null,
        "only without --web.config.file, which may ask it for a password");
    reject("--config.check", configCheck && simulate, "only without --simulate");
  }

  static void reject(String flag, boolean rejected, String expected) throws UsageException {
    if (rejected) {
      throw new UsageException(new Problem(flag, null, "expected " + expected));
    }
  }

  static <T> @Nullable T value(ParseResult given, String flag, ValueParser<T> parser)
      throws UsageException {
    String text = given.matchedOptionValue(flag, (String) null);
    return text == null ? null : parsed(flag, text, parser);
  }

  private static <T> T parsed(String flag, String text, ValueParser<T> parser)
      throws UsageException {
    try {
      return parser.parse(LocaleEncoding.intact(text));
    } catch (InvalidValueException e) {
      throw new UsageException(e.at(flag, text));
    }
  }

  private static List<InetSocketAddress> listenAddresses(ParseResult given) throws UsageException {
    String flag = "--web.listen-address";
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String text : given.matchedOptionValue(flag, List.of(DEFAULT_LISTEN_ADDRESS))) {
      InetSocketAddress address = parsed(flag, text, ListenAddress::parse);
      if (addresses.stream().anyMatch(other -> ListenAddress.clash(address, other))) {
        throw new UsageException(
            new Problem(flag, text, "expected an address that is not listed already"));
      }
      addresses.add(address);
    }
    return addresses;
  }

  private static List<String> allowedHosts(ParseResult given) throws UsageException {
    String flag = "--web.allowed-host";
    List<String> hosts = new ArrayList<>();
    for (String text : given.matchedOptionValue(flag, List.<String>of())) {
      hosts.add(parsed(flag, text, Flags::parseHost));
    }
    return hosts;
  }

  private static String parseHost(String text) throws InvalidValueException {
    if (!HOST.matcher(text).matches()) {
      throw new InvalidValueException("expected a host name without a port");
    }
    return text;
  }

  private static String parsePath(String text) throws InvalidValueException {
    boolean plain = PATH.matcher(text).matches() && !text.matches(".*/\\.{1,2}(/.*)?");
    if (!plain || text.startsWith("/-/") || text.equals("/config")) {
      throw new InvalidValueException(
          "expected a path such as /metrics, not /config and not below /-/");
    }
    return text;
  }

  private static int parseMaxRequests(String text) throws InvalidValueException {
    if (!text.matches("0|[1-9]\\d{0,4}")) {
      throw new InvalidValueException("expected a whole number from 1 to 99999, or 0 for no limit");
    }
    return Integer.parseInt(text);
  }

  private static Level parseLevel(String text) throws InvalidValueException {
    return switch (text) {
      case "debug" -> Level.DEBUG;
      case "info" -> Level.INFO;
      case "warn" -> Level.WARN;
      case "error" -> Level.ERROR;
      default -> throw new InvalidValueException("expected debug, info, warn or error");
    };
  }

  private static LogFormat parseFormat(String text) throws InvalidValueException {
    return switch (text) {
      case "logfmt" -> LogFormat.LOGFMT;
      case "json" -> LogFormat.JSON;
      default -> throw new InvalidValueException("expected logfmt or json");
    };
  }

  private static int parseUsers(String text) throws InvalidValueException {
    if (!text.matches("[1-9]\\d{0,4}")) {
      throw new InvalidValueException("expected a whole number from 1 to 99999");
    }
    return Integer.parseInt(text);
  }

  private static OptionalInt users(@Nullable Integer users) {
    return users == null ? OptionalInt.empty() : OptionalInt.of(users);
  }
}
