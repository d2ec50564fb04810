package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.BillClass;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Whether and how OKX's ledgers are read.
 *
 * @param flows whether to read them
 * @param interval how often
 * @param billTypes classes of bill types that replace the documented ones
 */
public record LedgerSettings(boolean flows, Duration interval, Map<String, BillClass> billTypes) {
  static final String FLOWS = "flows";

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);

  /** Read no ledgers. */
  static final LedgerSettings OFF = new LedgerSettings(false, DEFAULT_INTERVAL, Map.of());

  static final LedgerSettings DEFAULT = new LedgerSettings(true, DEFAULT_INTERVAL, Map.of());

  /** Copies the types. */
  public LedgerSettings {
    billTypes = Map.copyOf(billTypes);
  }

  /** Reads those of a configuration file. */
  static LedgerSettings read(Section top) {
    LedgerSettings switched = readSwitch(top);
    Duration interval = top.text("ledger_interval", LedgerSettings::parseInterval);
    return new LedgerSettings(
        switched.flows, Objects.requireNonNullElse(interval, DEFAULT_INTERVAL), billTypes(top));
  }

  /** Reads what the environment can set as well. */
  static LedgerSettings readSwitch(Section section) {
    return Boolean.FALSE.equals(section.flag(FLOWS)) ? OFF : DEFAULT;
  }

  private static Duration parseInterval(String text) throws InvalidValueException {
    Duration interval = DurationParser.parse(text);
    if (interval.compareTo(MIN_INTERVAL) < 0) {
      throw new InvalidValueException("expected at least " + DurationParser.format(MIN_INTERVAL));
    }
    return interval;
  }

  private static Map<String, BillClass> billTypes(Section top) {
    Map<String, BillClass> types = new TreeMap<>();
    if (!top.has("bill_types")) {
      return types;
    }
    Section section = top.section("bill_types", "expected bill types, such as {512: earn}");
    for (String type : section.keys()) {
      BillClass billClass = section.text(type, LedgerSettings::parseClass);
      if (!type.matches("\\d{1,6}")) {
        section.report(type, null, "expected the number of a bill type");
      } else if (billClass != null) {
        types.put(type, billClass);
      }
    }
    return types;
  }

  private static BillClass parseClass(String text) throws InvalidValueException {
    return BillClass.ofLabel(text)
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "expected one of " + String.join(", ", BillClass.labels())));
  }

  /** The settings and their values in order. */
  Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put(FLOWS, Boolean.toString(flows));
    shown.put("ledger_interval", DurationParser.format(interval));
    if (!billTypes.isEmpty()) {
      Map<String, String> types = new TreeMap<>();
      billTypes.forEach((type, billClass) -> types.put(type, billClass.label()));
      shown.put("bill_types", types.toString());
    }
    return shown;
  }
}
