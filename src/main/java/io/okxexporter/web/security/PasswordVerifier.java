package io.okxexporter.web.security;

import io.okxexporter.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks passwords against bcrypt hashes, each one once for as long as it is remembered. */
public final class PasswordVerifier {
  private static final String MAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final PasswordCache cache = new PasswordCache();
  private final HashQueue queue;
  private final RefusalPace pace;
  private final LongSupplier nanoTime;
  private final BiPredicate<Secret, Secret> bcrypt;
  private final SecretKeySpec key;

  /** What an attempt came to. */
  public enum Verdict {
    /** The password is the user's. */
    ACCEPTED,
    /** It is not, or there is no such user. */
    REFUSED,
    /** The client is gone, too many others wait, or the check failed. */
    UNCHECKED
  }

  /**
   * What is known of an attempt.
   *
   * @param hold for how long the answer must be held back
   */
  public record VerifyResult(Verdict verdict, Duration hold) {
    static final VerifyResult NONE = new VerifyResult(Verdict.UNCHECKED, Duration.ZERO);

    private VerifyResult(boolean isRight) {
      this(isRight ? Verdict.ACCEPTED : Verdict.REFUSED, Duration.ZERO);
    }
  }

  /**
   * Somebody who waits for a finding.
   *
   * @param address where the attempt comes from
   * @param isThere false once the client is gone
   * @param then gets the finding: at once where it is remembered, else mostly on the worker's
   *     thread
   */
  public record LoginClient(String address, BooleanSupplier isThere, Consumer<VerifyResult> then) {}

  /**
   * @param hash what the password is compared with
   * @param isKnown whether there is such a user: if not, the hash is somebody else's
   * @param mostCost of all users
   */
  private record Comparison(BasicCredentials attempt, Secret hash, boolean isKnown, int mostCost) {}

  /**
   * @param worker runs one task at a time
   * @param nanoTime monotonic time in nanoseconds
   * @param bcrypt whether a password and a hash belong together
   */
  public PasswordVerifier(
      Executor worker, LongSupplier nanoTime, BiPredicate<Secret, Secret> bcrypt) {
    this.nanoTime = nanoTime;
    this.bcrypt = bcrypt;
    pace = new RefusalPace(nanoTime);
    queue = new HashQueue(worker);
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, MAC);
  }

  /**
   * Checks without holding the calling thread.
   *
   * @param users bcrypt hashes by name, at least one
   */
  public void check(Map<String, Secret> users, BasicCredentials attempt, LoginClient asker) {
    Comparison comparison = comparison(users, attempt);
    String name = cacheKey(comparison);
    Boolean known = cache.find(name);
    if (known == null) {
      queue.submit(name, asker, () -> checkNow(comparison, name));
    } else {
      asker.then.accept(new VerifyResult(known));
    }
  }

  private VerifyResult checkNow(Comparison comparison, String name) {
    long start = nanoTime.getAsLong();
    return compare(comparison, name)
        ? new VerifyResult(true)
        : new VerifyResult(Verdict.REFUSED, pace.hold(nanoTime.getAsLong() - start));
  }

  /** An unknown user is compared with the costliest hash there is, so as not to stand out. */
  private static Comparison comparison(Map<String, Secret> users, BasicCredentials attempt) {
    Secret hash = users.get(attempt.user());
    Secret costliest = costliest(users);
    return new Comparison(
        attempt, hash == null ? costliest : hash, hash != null, Bcrypt.cost(costliest));
  }

  private static Secret costliest(Map<String, Secret> users) {
    return users.values().stream()
        .max(Comparator.comparing(Bcrypt::cost).thenComparing(Secret::reveal))
        .orElseThrow();
  }

  /** The same attempt may have come while this one was being checked. */
  private boolean compare(Comparison comparison, String name) {
    Boolean known = cache.find(name);
    if (known != null) {
      return known;
    }
    boolean isRight = matches(comparison);
    cache.keep(name, isRight);
    return isRight;
  }

  private boolean matches(Comparison comparison) {
    Secret password = comparison.attempt.password();
    boolean isRight = bcrypt.test(password, comparison.hash) && comparison.isKnown;
    if (!isRight) {
      takeAsLongAsTheCostliest(password, comparison.hash, comparison.mostCost);
    }
    return isRight;
  }

  /**
   * Each cost has twice the rounds of the one before: those from a to b-1 make up for 2^b - 2^a.
   */
  private void takeAsLongAsTheCostliest(Secret password, Secret hash, int mostCost) {
    for (int cost = Bcrypt.cost(hash); cost < mostCost; cost++) {
      boolean unused = bcrypt.test(password, Bcrypt.withCost(hash, cost));
    }
  }

  /** A keyed hash of all that the verdict depends on, each part with its length before it. */
  private String cacheKey(Comparison comparison) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update((byte) (comparison.isKnown ? 1 : 0));
      add(mac, comparison.attempt.user());
      add(mac, comparison.hash.reveal());
      add(mac, comparison.attempt.password().reveal());
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  private static void add(Mac mac, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  int remembered() {
    return cache.size();
  }

  public int waiting() {
    return queue.waiting();
  }
}
