package io.okxexporter.config;

import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.HttpProxy.Login;
import io.okxexporter.model.Shard;
import io.okxexporter.model.User;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The validated configuration.
 *
 * @param pollInterval the target interval between two polls of a unit of a user
 * @param staleAfter how long after its last successful poll a value is withdrawn
 * @param maxRequestsPerSecondTotal limit on the requests of the whole process
 * @param diagnosis whether to send OKX requests other than valuations
 * @param allowTradingKeys whether to poll with a key that may trade or withdraw
 * @param users at least one, in the order of the configuration, those of other replicas too
 * @param warnings likely mistakes that are allowed, one line each, without secrets
 * @param shard the part of the users assigned to this process
 * @param caFile the authorities trusted besides those of Java; null for none
 * @param ledgers whether and how ledgers are read; they need the diagnosis
 */
public record Config(
    Duration pollInterval,
    Duration staleAfter,
    double maxRequestsPerSecondTotal,
    boolean diagnosis,
    boolean allowTradingKeys,
    List<User> users,
    List<String> warnings,
    Shard shard,
    @Nullable CaFile caFile,
    LedgerSettings ledgers) {
  static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(15);
  static final Duration DEFAULT_STALE_AFTER = Duration.ofMinutes(5);
  static final double DEFAULT_MAX_REQUESTS_PER_SECOND_TOTAL = 150;

  private static final int SHOWN_USERS = 5;

  /** Copies the lists. */
  public Config {
    users = List.copyOf(users);
    warnings = List.copyOf(warnings);
  }

  /** A configuration with all users assigned to this process, which reads no ledgers. */
  public Config(
      Duration pollInterval,
      Duration staleAfter,
      double maxRequestsPerSecondTotal,
      boolean diagnosis,
      boolean allowTradingKeys,
      List<User> users,
      List<String> warnings) {
    this(
        pollInterval,
        staleAfter,
        maxRequestsPerSecondTotal,
        diagnosis,
        allowTradingKeys,
        users,
        warnings,
        Shard.WHOLE,
        null,
        LedgerSettings.OFF);
  }

  /** Returns the defaults, with these users. */
  public static Config defaults(List<User> users) {
    return defaults(new DiagnosisSettings(true, true), users).with(LedgerSettings.DEFAULT);
  }

  static Config defaults(DiagnosisSettings switches, List<User> users) {
    return new Config(
        DEFAULT_POLL_INTERVAL,
        DEFAULT_STALE_AFTER,
        DEFAULT_MAX_REQUESTS_PER_SECOND_TOTAL,
        switches.diagnosis(),
        switches.allowTradingKeys(),
        users,
        List.of());
  }

  Config with(LedgerSettings newLedgers) {
    return with(warnings, shard, caFile, newLedgers);
  }

  /** Returns this configuration for one of several replicas. */
  public Config in(Shard replica) {
    return with(warnings, replica, caFile);
  }

  /** Returns this configuration with warnings about another file as well. */
  public Config withWarnings(List<String> more) {
    return with(Stream.concat(warnings.stream(), more.stream()).toList(), shard, caFile);
  }

  Config with(List<String> newWarnings, Shard replica, @Nullable CaFile newCaFile) {
    return with(newWarnings, replica, newCaFile, ledgers);
  }

  private Config with(
      List<String> newWarnings,
      Shard replica,
      @Nullable CaFile newCaFile,
      LedgerSettings newLedgers) {
    return new Config(
        pollInterval,
        staleAfter,
        maxRequestsPerSecondTotal,
        diagnosis,
        allowTradingKeys,
        users,
        newWarnings,
        replica,
        newCaFile,
        newLedgers);
  }

  /** Whether ledgers are read: only with the diagnosis, which identifies User IDs. */
  public boolean readsLedgers() {
    return diagnosis && ledgers.flows();
  }

  /** The certificates of the authorities trusted besides those of Java. */
  public List<X509Certificate> authorities() {
    return caFile == null ? List.of() : caFile.certificates();
  }

  /** The users assigned to this process; may be none with more replicas than User IDs. */
  public List<User> assignedUsers() {
    return shard.assigned(users);
  }

  /**
   * The effective configuration for one log line: settings and values in order, secrets masked,
   * only the first few of many users.
   */
  public Map<String, String> summary() {
    Map<String, String> summary = settingsAndCounts();
    summary.put("users", summaryOfUsers());
    return summary;
  }

  /**
   * The whole effective configuration: settings and values in order, each user under its index,
   * secrets masked.
   */
  public Map<String, String> effective() {
    Map<String, String> effective = settingsAndCounts();
    for (int i = 0; i < users.size(); i++) {
      effective.put("users[" + i + "]", summary(users.get(i)));
    }
    return effective;
  }

  private Map<String, String> settingsAndCounts() {
    Map<String, String> settings = settings();
    settings.put("user_count", Integer.toString(users.size()));
    if (shard.isPart()) {
      settings.put("shard", shard.toString());
      settings.put("users_held", Integer.toString(assignedUsers().size()));
    }
    return settings;
  }

  /** The settings and their values in order, other than users and shard. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("poll_interval", DurationParser.format(pollInterval));
    settings.put("stale_after", DurationParser.format(staleAfter));
    settings.put(
        "max_requests_per_second_total", RequestRateParser.format(maxRequestsPerSecondTotal));
    settings.put("diagnosis", Boolean.toString(diagnosis));
    settings.put("allow_trading_keys", Boolean.toString(allowTradingKeys));
    settings.putAll(ledgers.shown());
    if (caFile != null) {
      settings.put(CaFileReader.KEY, caFile.path().toString());
    }
    return settings;
  }

  private String summaryOfUsers() {
    int hidden = users.size() - SHOWN_USERS;
    return users.stream()
        .limit(SHOWN_USERS)
        .map(this::summary)
        .collect(Collectors.joining(" ", "", hidden > 0 ? " and " + hidden + " more" : ""));
  }

  private String summary(User user) {
    return user.displayName()
        + "{region="
        + user.baseUrl()
        + " demo="
        + user.demo()
        + " ccys="
        + String.join(",", user.ccys())
        + " api_key=*** secret_key=*** passphrase=*** max_requests_per_second="
        + RequestRateParser.format(user.maxRequestsPerSecond())
        + (user.sharedGroup() == null ? "" : " rate_limit_group=" + user.sharedGroup())
        + (user.proxy() == null ? "" : summary(user.proxy()))
        + (shard.isPart() ? " shard=" + shard.of(user) : "")
        + "}";
  }

  private static String summary(HttpProxy proxy) {
    Login login = proxy.login();
    return " proxy_url="
        + proxy.url()
        + (login == null ? "" : " proxy_user=" + login.user() + " proxy_password=***");
  }
}
