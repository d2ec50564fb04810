package io.okxexporter.check;

import io.okxexporter.metrics.Family;
import io.okxexporter.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exporter that runs where this one would listen, and what its metrics say about a user. Asking
 * OKX beside it would cost one of the two a refusal.
 */
public final class RunningExporter {
  /** What is to be known of it. */
  static final List<Family> ASKED =
      List.of(
          Family.OKX_EXPORTER_SIMULATED,
          Family.OKX_API_KEY_INFO,
          Family.OKX_POLL_INTERVAL_SECONDS,
          Family.OKX_LAST_ATTEMPT_TIMESTAMP_SECONDS,
          Family.OKX_LAST_SUCCESS_TIMESTAMP_SECONDS,
          Family.OKX_ASSET_VALUATION_AGE_SECONDS,
          Family.OKX_FAILING,
          Family.OKX_UP);

  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:\\\\.|[^\"\\\\])*)\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  private static final String LOOK = "See its page or its log; it names the remedy for each user.";

  private final @Nullable List<Sample> samples;

  private record Sample(String name, Map<String, String> labels, double value) {
    boolean is(Family family) {
      return name.equals(family.exposedName());
    }

    boolean has(String label, String expected) {
      return expected.equals(labels.getOrDefault(label, ""));
    }
  }

  private RunningExporter(@Nullable List<Sample> samples) {
    this.samples = samples;
  }

  /** One whose metrics cannot be read from here. */
  static RunningExporter closed() {
    return new RunningExporter(null);
  }

  /**
   * @param metrics in Prometheus's text format
   */
  static RunningExporter of(String metrics) {
    return new RunningExporter(
        SAMPLE.matcher(metrics).results().map(RunningExporter::sample).toList());
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
   * What it knows of a unit; empty if it does not poll it, so that OKX may be asked.
   *
   * @param uid User ID that OKX has told for the user's key, empty if none: a name may be another's
   * @param now by our clock, which is its clock as well
   */
  Optional<Step> unit(String uid, String ccy, Instant now) {
    if (samples == null) {
      return Optional.of(
          Step.warn(
              ccy,
              "not asked: an okx-exporter runs here, behind a password, and may be polling it",
              "See its page, or stop it and check again."));
    }
    boolean simulated = of(Family.OKX_EXPORTER_SIMULATED).anyMatch(it -> it.value() == 1);
    return simulated || uid.isEmpty()
        ? Optional.empty()
        : of(Family.OKX_API_KEY_INFO)
            .filter(key -> key.has("uid", uid))
            .map(key -> key.labels().getOrDefault("user", ""))
            .filter(user -> find(Family.OKX_POLL_INTERVAL_SECONDS, user, ccy).isPresent())
            .findFirst()
            .map(user -> polled(user, ccy, now));
  }

  private Step polled(String user, String ccy, Instant now) {
    Optional<Sample> success = find(Family.OKX_LAST_SUCCESS_TIMESTAMP_SECONDS, user, ccy);
    String last = success.map(it -> "last success " + ago(it, now)).orElse("no success yet");
    Optional<Sample> failing = find(Family.OKX_FAILING, user, ccy);
    if (failing.isPresent()) {
      String reason = failing.get().labels().getOrDefault("reason", "");
      return Step.fail(
          ccy, "fails in the okx-exporter that runs here: " + reason + "; " + last, remedy(reason));
    }
    if (success.isEmpty()) {
      return Step.warn(
          ccy, "not asked yet by the okx-exporter that runs here", "Check again in a minute.");
    }
    String text = "polled by the okx-exporter that runs here; " + last + age(user, ccy);
    boolean up = of(Family.OKX_UP).anyMatch(it -> it.has("user", user) && it.value() == 1);
    return up
        ? Step.pass(ccy, text)
        : Step.warn(ccy, text + "; it does not count the user as up", LOOK);
  }

  private String age(String user, String ccy) {
    return find(Family.OKX_ASSET_VALUATION_AGE_SECONDS, user, ccy)
        .map(it -> "; the data are " + Words.duration(seconds(it.value())) + " old")
        .orElse("");
  }

  private static String ago(Sample time, Instant now) {
    Duration since = seconds(now.toEpochMilli() / 1e3 - time.value());
    return Words.duration(since) + " ago";
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1e3));
  }

  private static String remedy(String reason) {
    return Stream.of(Reason.values())
        .filter(it -> it.label().equals(reason))
        .map(Reason::hint)
        .findFirst()
        .orElse(LOOK);
  }

  private Optional<Sample> find(Family family, String user, String ccy) {
    return of(family).filter(it -> it.has("user", user) && it.has("ccy", ccy)).findFirst();
  }

  private Stream<Sample> of(Family family) {
    return samples == null ? Stream.empty() : samples.stream().filter(it -> it.is(family));
  }
}
