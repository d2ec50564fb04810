package io.okxexporter.check;

import io.okxexporter.metrics.MetricFamily;
import io.okxexporter.model.HumanDuration;
import io.okxexporter.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of an exporter that runs at the listen address of this one. Valuations that it polls
 * are not requested: one of the two requests would be rejected for its rate.
 */
final class RunningExporter {
  /** The metric families to read. */
  static final List<MetricFamily> REQUESTED =
      List.of(
          MetricFamily.OKX_EXPORTER_SIMULATED,
          MetricFamily.OKX_API_KEY_INFO,
          MetricFamily.OKX_POLL_INTERVAL_SECONDS,
          MetricFamily.OKX_LAST_ATTEMPT_TIMESTAMP_SECONDS,
          MetricFamily.OKX_LAST_SUCCESS_TIMESTAMP_SECONDS,
          MetricFamily.OKX_ASSET_VALUATION_AGE_SECONDS,
          MetricFamily.OKX_FAILING,
          MetricFamily.OKX_UP);

  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:\\\\.|[^\"\\\\])*)\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private static final String LOOK =
      "See its page or its log, which name the remedy for each user.";

  /** Why the metrics cannot be read; null where they can. */
  private final @Nullable String closed;

  private final List<Sample> samples;

  /** The time of the samples; a check of many users continues for minutes after that. */
  private final Instant readAt;

  private record Sample(String name, Map<String, String> labels, double value) {
    boolean is(MetricFamily family) {
      return name.equals(family.exposedName());
    }

    boolean has(String label, String expected) {
      return expected.equals(labels.getOrDefault(label, ""));
    }
  }

  private RunningExporter(@Nullable String closed, List<Sample> samples, Instant readAt) {
    this.closed = closed;
    this.samples = samples;
    this.readAt = readAt;
  }

  /**
   * An exporter whose metrics cannot be read from here.
   *
   * @param why how its listener responds or what it requires
   */
  static RunningExporter closed(String why) {
    return new RunningExporter(why, List.of(), Instant.EPOCH);
  }

  /**
   * @param metrics in Prometheus's text format
   * @param readAt when they were read, by the local clock, which is also the exporter's
   */
  static RunningExporter of(String metrics, Instant readAt) {
    return new RunningExporter(
        null, SAMPLE.matcher(metrics).results().map(RunningExporter::sample).toList(), readAt);
  }

  private static Sample sample(MatchResult line) {
    Map<String, String> labels = new HashMap<>();
    LABEL
        .matcher(line.group(2) == null ? "" : line.group(2))
        .results()
        .forEach(label -> labels.put(label.group(1), unescaped(label.group(2))));
    return new Sample(line.group(1), labels, Double.parseDouble(line.group(3)));
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(it -> it.group(1).equals("n") ? "\n" : "\\" + it.group(1));
  }

  /**
   * Returns what it knows of a unit; empty if it does not poll it, so that OKX may be queried.
   *
   * @param uid User ID of the user's key according to OKX, empty if unknown; equal names prove
   *     nothing
   */
  Optional<Step> unit(String uid, String ccy) {
    if (closed != null) {
      return Optional.of(notRequested(ccy, closed));
    }
    if (of(MetricFamily.OKX_EXPORTER_SIMULATED).anyMatch(it -> it.value() == 1)) {
      return Optional.empty();
    }
    Optional<Step> polled =
        of(MetricFamily.OKX_API_KEY_INFO)
            .filter(key -> !uid.isEmpty() && key.has("uid", uid))
            .map(RunningExporter::user)
            .filter(user -> isPolled(user, ccy))
            .findFirst()
            .map(user -> polled(user, ccy));
    return polled.isPresent() || knowsAllOfItsUsers(uid)
        ? polled
        : Optional.of(notRequested(ccy, "it does not state which User ID it polls"));
  }

  private static Step notRequested(String ccy, String why) {
    return Step.warn(
        ccy,
        "not requested: the okx-exporter running here may already poll it (" + why + ")",
        "See its page, or stop it and check again.");
  }

  private static String user(Sample sample) {
    return sample.labels().getOrDefault("user", "");
  }

  private boolean isPolled(String user, String ccy) {
    return find(MetricFamily.OKX_POLL_INTERVAL_SECONDS, user, ccy)
        .filter(it -> it.value() > 0)
        .isPresent();
  }

  /** Without diagnosis, or before its first response, it knows no User ID. */
  private boolean knowsAllOfItsUsers(String uid) {
    Set<String> known =
        of(MetricFamily.OKX_API_KEY_INFO).map(RunningExporter::user).collect(Collectors.toSet());
    Set<String> polled =
        of(MetricFamily.OKX_POLL_INTERVAL_SECONDS)
            .map(RunningExporter::user)
            .collect(Collectors.toSet());
    return polled.isEmpty() || (!uid.isEmpty() && known.containsAll(polled));
  }

  private Step polled(String user, String ccy) {
    Optional<Sample> success = find(MetricFamily.OKX_LAST_SUCCESS_TIMESTAMP_SECONDS, user, ccy);
    String last = success.map(it -> "last success " + ago(it)).orElse("no success yet");
    Optional<Sample> failing = find(MetricFamily.OKX_FAILING, user, ccy);
    if (failing.isPresent()) {
      String reason = failing.get().labels().getOrDefault("reason", "");
      String tried =
          find(MetricFamily.OKX_LAST_ATTEMPT_TIMESTAMP_SECONDS, user, ccy)
              .map(it -> ", last tried " + ago(it))
              .orElse("");
      return Step.fail(
          ccy,
          "failing in the okx-exporter running here: " + reason + tried + "; " + last,
          remedy(reason));
    }
    if (success.isEmpty()) {
      return Step.warn(
          ccy, "not polled yet by the okx-exporter running here", "Check again in a minute.");
    }
    String text = "already polled by the okx-exporter running here; " + last + age(user, ccy);
    boolean up = of(MetricFamily.OKX_UP).anyMatch(it -> it.has("user", user) && it.value() == 1);
    return up ? Step.pass(ccy, text) : Step.warn(ccy, text + "; okx_up is 0 for this user", LOOK);
  }

  private String age(String user, String ccy) {
    return find(MetricFamily.OKX_ASSET_VALUATION_AGE_SECONDS, user, ccy)
        .map(it -> "; the data are " + HumanDuration.old(seconds(it.value())))
        .orElse("");
  }

  private String ago(Sample time) {
    return HumanDuration.ago(seconds(readAt.toEpochMilli() / 1e3 - time.value()));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1e3));
  }

  private static String remedy(String reason) {
    return Stream.of(Reason.values())
        .filter(it -> it.label().equals(reason))
        .map(Reason::remedy)
        .findFirst()
        .orElse(LOOK);
  }

  private Optional<Sample> find(MetricFamily family, String user, String ccy) {
    return of(family).filter(it -> it.has("user", user) && it.has("ccy", ccy)).findFirst();
  }

  private Stream<Sample> of(MetricFamily family) {
    return samples.stream().filter(it -> it.is(family));
  }
}
