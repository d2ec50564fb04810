package io.okxexporter.metrics;

import static io.prometheus.metrics.model.registry.MetricType.COUNTER;
import static io.prometheus.metrics.model.registry.MetricType.GAUGE;
import static io.prometheus.metrics.model.registry.MetricType.HISTOGRAM;
import static io.prometheus.metrics.model.registry.MetricType.INFO;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.List;
import java.util.Locale;

/**
 * The metric contract: all families of the exporter with their types, labels and help. The label
 * {@code user} is absent for the one user of the environment that has no name.
 */
public enum MetricFamily {
  /** Value of one account. */
  OKX_ASSET_VALUATION(
      GAUGE,
      "Value of one account, in the unit named by ccy; never aggregate over ccy. As of the last"
          + " successful poll, withdrawn when that is older than stale_after.",
      "user account ccy"),
  /** Value of all accounts. */
  OKX_TOTAL_ASSET_VALUATION(
      GAUGE,
      "Value of all accounts together as OKX states it (totalBal), in the unit named by ccy; never"
          + " aggregate over ccy. As of the last successful poll, withdrawn when that is older than"
          + " stale_after.",
      "user ccy"),
  /** OKX's {@code ts}. */
  OKX_ASSET_VALUATION_TIMESTAMP_SECONDS(
      GAUGE,
      "When OKX last updated the valuation (its ts), by OKX's clock, in Unix seconds.",
      "user ccy"),
  /** The age of {@code ts}. */
  OKX_ASSET_VALUATION_AGE_SECONDS(
      GAUGE,
      "Age of the valuation (OKX's ts) at this scrape, by the local clock less"
          + " okx_clock_skew_seconds where known; negative when ts is in the future.",
      "user ccy"),
  /** Whether all units of a user are fresh. */
  OKX_UP(
      GAUGE,
      "1 if in every unit that OKX accepts the newest request succeeded and is younger than"
          + " stale_after, else 0, also before the first.",
      "user"),
  /** Why a unit fails now. */
  OKX_FAILING(
      GAUGE,
      "1 for the reason of the newest finished request if it failed; absent while requests"
          + " succeed.",
      "user ccy reason"),
  /** When the newest success finished. */
  OKX_LAST_SUCCESS_TIMESTAMP_SECONDS(
      GAUGE,
      "When the newest successful request finished, by the local clock, in Unix seconds.",
      "user ccy"),
  /** When the newest request finished. */
  OKX_LAST_ATTEMPT_TIMESTAMP_SECONDS(
      GAUGE,
      "When the newest request finished, successful or not, by the local clock, in Unix seconds.",
      "user ccy"),
  /** How often a unit is refreshed. */
  OKX_POLL_INTERVAL_SECONDS(
      GAUGE,
      "Interval at which the unit is actually refreshed: the larger of poll_interval and the length"
          + " of a round within the rate limit. Present for every configured unit.",
      "user ccy"),
  /** The budget. */
  OKX_RATE_LIMIT_REQUESTS_PER_SECOND(
      GAUGE, "Requests per second that the exporter allows itself for this User ID.", "user"),
  /** Requests sent. */
  OKX_API_REQUESTS_TOTAL(
      COUNTER,
      "Requests sent to OKX, retries included. Without user for endpoints that need no key.",
      "user endpoint"),
  /** Requests that failed. */
  OKX_API_REQUEST_FAILURES_TOTAL(
      COUNTER,
      "Requests to OKX that failed, by reason. Without user for endpoints that need no key.",
      "user endpoint reason"),
  /** Error codes seen. */
  OKX_API_ERRORS_TOTAL(
      COUNTER,
      "Responses of OKX with an error code, by code; codes unknown to this version count as other."
          + " Without user for endpoints that need no key.",
      "user code"),
  /** How long requests take. */
  OKX_API_REQUEST_DURATION_SECONDS(
      HISTOGRAM, "Time from sending a request to OKX to the end of its response.", "endpoint"),
  /** How far the local clock is off. */
  OKX_CLOCK_SKEW_SECONDS(
      GAUGE,
      "Local clock minus OKX's, in seconds; absent while not measured. Beyond 5 s requests are"
          + " signed with OKX's time.",
      "host"),
  /** Where a user is configured to be. */
  OKX_USER_INFO(
      INFO,
      "1; the labels state the region of the user, for a URL its host, and whether its key is of"
          + " demo trading.",
      "user region demo"),
  /** The identity and permissions of a key. */
  OKX_API_KEY_INFO(
      INFO,
      "1; the labels describe the key: its User ID, that of its main account, main or sub, its"
          + " permissions, and whether it is bound to IP addresses.",
      "user uid main_uid account_type permissions ip_bound"),
  /** Whether a key permits reading only. */
  OKX_API_KEY_READ_ONLY(GAUGE, "1 if the key is read-only, else 0; absent while unknown.", "user"),
  /** Announced maintenance. */
  OKX_MAINTENANCE(
      GAUGE,
      "1 while OKX announces maintenance that is scheduled, about to open or ongoing.",
      "host state mode"),
  /** When the maintenance begins. */
  OKX_MAINTENANCE_BEGIN_TIMESTAMP_SECONDS(
      GAUGE,
      "When the earliest of these maintenances begins, by OKX's clock, in Unix seconds.",
      "host state mode"),
  /** When the maintenance ends. */
  OKX_MAINTENANCE_END_TIMESTAMP_SECONDS(
      GAUGE,
      "When the latest of these maintenances ends, by OKX's clock, in Unix seconds.",
      "host state mode"),
  /** The amount of a flow. */
  OKX_FLOW_AMOUNT(
      GAUGE,
      "Money that came into or left this User ID within the last 72 hours by OKX's ledgers, in the"
          + " currency named by ccy; never aggregate over ccy. time is OKX's time of the"
          + " flow. The newest 50 of each kind and direction.",
      "user kind direction ccy time"),
  /** When a flow happened. */
  OKX_FLOW_TIMESTAMP_SECONDS(
      GAUGE,
      "When the flow happened, by OKX's clock, in Unix seconds.",
      "user kind direction ccy time"),
  /** How many flows there are. */
  OKX_FLOWS(
      GAUGE,
      "Flows of the last 72 hours, also those beyond the newest 50; absent while unknown.",
      "user kind direction"),
  /** When money moved within a User ID. */
  OKX_MOVE_TIMESTAMP_SECONDS(
      GAUGE,
      "When money last moved within the User ID in a way that may leave a hole or a step in the"
          + " valuation (earn, loan, frozen), by OKX's clock, in Unix seconds.",
      "user kind"),
  /** How many withdrawals are not final. */
  OKX_WITHDRAWALS_PENDING(
      GAUGE,
      "Withdrawals that are not final, by stage; those in stage cancellable can still be cancelled"
          + " at OKX. Absent while unknown and for sub-accounts.",
      "user stage"),
  /** The amount of a withdrawal. */
  OKX_WITHDRAWAL_AMOUNT(
      GAUGE,
      "Amount, without the fee, of a withdrawal that is pending or was requested within 72 hours;"
          + " never aggregate over ccy. flow_time is the label time of the flow it became.",
      "user stage ccy time flow_time"),
  /** When a withdrawal was requested. */
  OKX_WITHDRAWAL_TIMESTAMP_SECONDS(
      GAUGE,
      "When the withdrawal was requested, by OKX's clock, in Unix seconds.",
      "user stage ccy time flow_time"),
  /** What a coin costs. */
  OKX_INDEX_PRICE(
      GAUGE,
      "OKX's index price of one unit of ccy: of BTC, of the currencies that flowed or are being"
          + " withdrawn, and 1 of USDT itself.",
      "ccy quote"),
  /** How often a ledger is read. */
  OKX_LEDGER_INTERVAL_SECONDS(
      GAUGE, "Interval between two readings of the ledger, as the limits allow.", "user ledger"),
  /** When a ledger was last read. */
  OKX_LEDGER_LAST_SUCCESS_TIMESTAMP_SECONDS(
      GAUGE,
      "When the ledger was last read to its end, by the local clock, in Unix seconds.",
      "user ledger"),
  /** Why a ledger cannot be read. */
  OKX_LEDGER_FAILING(
      GAUGE,
      "1 for the reason why the ledger could not be read the last time; absent if it could.",
      "user ledger reason"),
  /** The running version. */
  OKX_EXPORTER_BUILD_INFO(
      INFO,
      "1; the labels state the version, its source revision and the Java version it runs on.",
      "version revision java_version"),
  /** Whether the newest configuration could be read. */
  OKX_EXPORTER_CONFIG_LAST_RELOAD_SUCCESSFUL(
      GAUGE,
      "1 if the configuration, its secret files and certificates were valid when last loaded, else"
          + " 0.",
      ""),
  /** When a valid configuration was last read. */
  OKX_EXPORTER_CONFIG_LAST_RELOAD_SUCCESS_TIMESTAMP_SECONDS(
      GAUGE, "When the configuration in use was loaded, by the local clock, in Unix seconds.", ""),
  /** Whether a user is assigned to this replica. */
  OKX_EXPORTER_USER_HELD(
      GAUGE,
      "1 if this replica polls the user, 0 if the user is assigned to another. Present for every"
          + " configured user; the sum over all replicas is 1.",
      "user"),
  /** How many users are assigned to this replica. */
  OKX_EXPORTER_USERS_HELD(GAUGE, "Number of users that this replica polls.", ""),
  /** Whether the values are simulated. */
  OKX_EXPORTER_SIMULATED(
      GAUGE, "1 when the numbers come from the built-in simulated exchange, else 0.", "");

  private final MetricType type;
  private final String help;
  private final String labels;

  MetricFamily(MetricType type, String help, String labels) {
    this.type = type;
    this.help = help;
    this.labels = labels;
  }

  /** The name on {@code /metrics}. */
  public String exposedName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type in the text format: {@code gauge}, {@code counter} or {@code histogram}. */
  public String exposedType() {
    return type == INFO ? "gauge" : type.name().toLowerCase(Locale.ROOT);
  }

  /** The label names, in the order of the documentation. */
  public List<String> labelNames() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(" "));
  }

  MetricType type() {
    return type;
  }

  /** The HELP text. */
  String help() {
    return help;
  }

  MetricMetadata metadata() {
    return new MetricMetadata(libraryName(), help, NamedUnits.of(libraryName()));
  }

  MetricFamilyDescriptor descriptor() {
    return MetricFamilyDescriptor.of(type, metadata(), labelNames());
  }

  /** The name without the type's suffix, which the library adds. */
  private String libraryName() {
    return exposedName().replaceFirst("_(total|info)$", "");
  }
}
