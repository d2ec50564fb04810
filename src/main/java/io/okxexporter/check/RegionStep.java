package io.okxexporter.check;

import io.okxexporter.check.RegionSearch.Knowledge;
import io.okxexporter.check.RegionSearch.RegionResult;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Region;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds the step of a key that its region does not know: which other regions do. */
final class RegionStep {
  private RegionStep() {}

  /** The announcement of a search, made before it as the regions are other companies. */
  static String announcement(List<Region> regions) {
    return "asking "
        + hosts(regions)
        + " whether they know this key, with a random passphrase and signature";
  }

  static Step step(Failure<?> failure, List<RegionResult> findings) {
    String text = "rejected: " + StepText.failure(failure) + "; " + described(findings);
    return Step.fail(KeyStep.NAME, text, remedy(failure, findings)).because(failure);
  }

  private static String described(List<RegionResult> findings) {
    if (findings.stream().allMatch(it -> it.knowledge() == Knowledge.UNKNOWN)) {
      return hosts(findings.stream().map(RegionResult::region).toList()) + " do not know it either";
    }
    return findings.stream().map(RegionStep::described).collect(Collectors.joining(", "));
  }

  private static String described(RegionResult finding) {
    String host = host(finding.region());
    return switch (finding.knowledge()) {
      case KNOWN -> host + " knows it";
      case UNKNOWN -> host + " does not";
      case UNDECIDED -> host + " gave no clear response";
    };
  }

  private static String remedy(Failure<?> failure, List<RegionResult> findings) {
    Optional<Region> home =
        findings.stream()
            .filter(it -> it.knowledge() == Knowledge.KNOWN)
            .map(RegionResult::region)
            .findFirst();
    if (home.isPresent()) {
      return "Set region: %s (OKX_REGION=%1$s).".formatted(home.get().label());
    }
    boolean nowhere = findings.stream().allMatch(it -> it.knowledge() == Knowledge.UNKNOWN);
    return nowhere
        ? "Copy the API key from OKX again, as it may be mistyped or swapped with another text, or"
            + " create a new one: no region knows this one."
        : failure.remedy();
  }

  private static String hosts(List<Region> regions) {
    return StepText.list(regions.stream().map(RegionStep::host).toList());
  }

  private static String host(Region region) {
    return region.baseUrl().getHost();
  }
}
