package io.okxexporter.check;

import io.okxexporter.check.PacedOkx.TimedOutcome;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Region;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Finds the region that knows a key. Other regions are other companies: they receive the API key
 * alone, with a random passphrase and signature, which they check after the key.
 */
final class RegionSearch {
  private static final Set<String> NO_SUCH_KEY = Set.of("50119", "50111");
  private static final Set<String> KEY_FOUND = Set.of("50105", "50113");

  private final PacedOkx okx;
  private final RandomGenerator random;
  private final Progress progress;
  private final SingleFlight<KeyLookup, Knowledge> lookups = new SingleFlight<>();

  /** A lookup of a key at a host, made once. */
  private record KeyLookup(URI host, Secret apiKey) {}

  /** The result of one region. */
  record RegionResult(Region region, Knowledge knowledge) {}

  /** Whether a key is known. */
  enum Knowledge {
    KNOWN,
    UNKNOWN,
    UNDECIDED
  }

  RegionSearch(PacedOkx okx, RandomGenerator random, Progress progress) {
    this.okx = okx;
    this.random = random;
    this.progress = progress;
  }

  /**
   * Whether the failure may mean that the key belongs to another region; never for a custom host.
   */
  static boolean mayHelp(User user, Failure<?> failure) {
    return failure.code() != null
        && NO_SUCH_KEY.contains(failure.code())
        && !user.demo()
        && Region.of(user.baseUrl()).isPresent();
  }

  /** Looks the key up in every other region. */
  void search(User user, Consumer<List<RegionResult>> done) {
    List<Region> others =
        Arrays.stream(Region.values())
            .filter(region -> !region.baseUrl().equals(user.baseUrl()))
            .toList();
    progress.announce("user " + user.displayName() + ": " + RegionStep.announcement(others));
    searchNext(user, others, new ArrayList<>(), done);
  }

  /** Looks the key up in one region after another. */
  private void searchNext(
      User user,
      List<Region> regions,
      List<RegionResult> findings,
      Consumer<List<RegionResult>> done) {
    if (findings.size() == regions.size()) {
      done.accept(findings);
      return;
    }
    Region region = regions.get(findings.size());
    lookups.get(
        new KeyLookup(region.baseUrl(), user.credentials().apiKey()),
        found ->
            okx.apiKeyInfo(
                withRandomSecrets(user, region), response -> found.accept(knowledge(response))),
        knowledge -> {
          findings.add(new RegionResult(region, knowledge));
          searchNext(user, regions, findings, done);
        });
  }

  private User withRandomSecrets(User user, Region region) {
    Credentials invented =
        new Credentials(
            user.credentials().apiKey(), new Secret(randomSecret()), new Secret(randomSecret()));
    return user.with(region.baseUrl(), invented, false);
  }

  private String randomSecret() {
    return String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
  }

  private static Knowledge knowledge(TimedOutcome<ApiKeyInfo> response) {
    if (!(response.outcome() instanceof Failure<ApiKeyInfo> failure) || failure.code() == null) {
      return Knowledge.UNDECIDED;
    }
    if (KEY_FOUND.contains(failure.code())) {
      return Knowledge.KNOWN;
    }
    return NO_SUCH_KEY.contains(failure.code()) ? Knowledge.UNKNOWN : Knowledge.UNDECIDED;
  }
}
