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
 * Finds out which other region knows a key. These are other companies: they get the key's name
 * alone, with a passphrase and a signature made from nothing but chance, which they look at after
 * the key.
 */
final class RegionSearch {
  private static final Set<String> NO_SUCH_KEY = Set.of("50119", "50111");
  private static final Set<String> KEY_FOUND = Set.of("50105", "50113");

  private final PacedOkx okx;
  private final RandomGenerator random;
  private final Progress progress;
  private final SingleFlight<KeyQuestion, Knowledge> answers = new SingleFlight<>();

  /** A host is asked about a key once. */
  private record KeyQuestion(URI host, Secret apiKey) {}

  /** What one region knows. */
  record RegionAnswer(Region region, Knowledge knowledge) {}

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
   * Whether that failure may mean that the key is another region's; never of a host of one's own.
   */
  static boolean mayHelp(User user, Failure<?> failure) {
    return failure.code() != null
        && NO_SUCH_KEY.contains(failure.code())
        && !user.demo()
        && Region.of(user.baseUrl()).isPresent();
  }

  /** Asks every other region. */
  void search(User user, Consumer<List<RegionAnswer>> done) {
    List<Region> others =
        Arrays.stream(Region.values())
            .filter(region -> !region.baseUrl().equals(user.baseUrl()))
            .toList();
    progress.announce("user " + user.displayName() + ": " + RegionStep.announcement(others));
    ask(user, others, new ArrayList<>(), done);
  }

  /** One after another. */
  private void ask(
      User user,
      List<Region> regions,
      List<RegionAnswer> findings,
      Consumer<List<RegionAnswer>> done) {
    if (findings.size() == regions.size()) {
      done.accept(findings);
      return;
    }
    Region region = regions.get(findings.size());
    answers.get(
        new KeyQuestion(region.baseUrl(), user.credentials().apiKey()),
        found -> okx.apiKeyInfo(stranger(user, region), answer -> found.accept(knowledge(answer))),
        knowledge -> {
          findings.add(new RegionAnswer(region, knowledge));
          ask(user, regions, findings, done);
        });
  }

  private User stranger(User user, Region region) {
    Credentials nobody =
        new Credentials(user.credentials().apiKey(), new Secret(chance()), new Secret(chance()));
    return user.with(region.baseUrl(), nobody, false);
  }

  private String chance() {
    return String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
  }

  private static Knowledge knowledge(TimedOutcome<ApiKeyInfo> answer) {
    if (!(answer.outcome() instanceof Failure<ApiKeyInfo> failure) || failure.code() == null) {
      return Knowledge.UNDECIDED;
    }
    if (KEY_FOUND.contains(failure.code())) {
      return Knowledge.KNOWN;
    }
    return NO_SUCH_KEY.contains(failure.code()) ? Knowledge.UNKNOWN : Knowledge.UNDECIDED;
  }
}
