package io.okxexporter.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.okxexporter.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks passwords against bcrypt hashes, each one once for as long as it is remembered. */
final class Authentication {
  private static final String MAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final VerdictCache cache = new VerdictCache();
  private final HashQueue queue;
  private final RefusalPace pace;
  private final LongSupplier nanoTime;
  private final SecretKeySpec key;

  /** What an attempt came to. */
  enum Verdict {
    /** The password is the user's. */
    ACCEPTED,
    /** It is not, or there is no such user. */
    REFUSED,
    /** Too many others wait to be checked. */
    BUSY
  }

  /**
   * @param attempt who somebody says they are
   * @param hash what the password is compared with
   * @param isKnown whether there is such a user: if not, the hash is somebody else's
   */
  private record Comparison(Attempt attempt, Secret hash, boolean isKnown) {}

  /**
   * @param worker runs one task at a time
   * @param nanoTime monotonic time in nanoseconds
   */
  Authentication(Executor worker, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
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
   * @param address where the attempt comes from
   * @param then gets the verdict, and for how long the answer must be held back: at once where it
   *     is remembered, else on the worker's thread
   */
  void check(
      Map<String, Secret> users,
      Attempt attempt,
      String address,
      BiConsumer<Verdict, Duration> then) {
    Comparison comparison = comparison(users, attempt);
    byte[] name = cacheKey(comparison);
    Boolean known = cache.find(name);
    if (known != null) {
      then.accept(verdict(known), Duration.ZERO);
      return;
    }
    queue.submit(
        address,
        () -> checkNow(comparison, name, then),
        () -> then.accept(Verdict.BUSY, Duration.ZERO));
  }

  private void checkNow(Comparison comparison, byte[] name, BiConsumer<Verdict, Duration> then) {
    long start = nanoTime.getAsLong();
    boolean isRight = compare(comparison, name);
    Duration hold = isRight ? Duration.ZERO : pace.hold(nanoTime.getAsLong() - start);
    then.accept(verdict(isRight), hold);
  }

  private static Verdict verdict(boolean isRight) {
    return isRight ? Verdict.ACCEPTED : Verdict.REFUSED;
  }

  /** An unknown user is compared with the costliest hash there is, so as not to stand out. */
  private static Comparison comparison(Map<String, Secret> users, Attempt attempt) {
    Secret hash = users.get(attempt.user());
    return hash == null
        ? new Comparison(attempt, costliest(users), false)
        : new Comparison(attempt, hash, true);
  }

  private static Secret costliest(Map<String, Secret> users) {
    return users.values().stream()
        .max(Comparator.comparing((Secret it) -> cost(it.reveal())).thenComparing(Secret::reveal))
        .orElseThrow();
  }

  /** The two digits of {@code $2y$10$…}. */
  private static String cost(String hash) {
    String[] parts = hash.split("\\$", 4);
    return parts.length < 4 ? "" : parts[2];
  }

  /** The same attempt may have been checked while this one waited. */
  private boolean compare(Comparison comparison, byte[] name) {
    Boolean known = cache.find(name);
    if (known != null) {
      return known;
    }
    boolean isRight = matches(comparison.attempt.password(), comparison.hash) && comparison.isKnown;
    cache.keep(name, isRight);
    return isRight;
  }

  /** As in Go, what is beyond 72 bytes does not count. */
  private static boolean matches(Secret password, Secret hash) {
    return BCrypt.verifyer(
            BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
        .verify(bytes(password.reveal()), bytes(hash.reveal()))
        .verified;
  }

  /** A keyed hash of all that the verdict depends on, each part with its length before it. */
  private byte[] cacheKey(Comparison comparison) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update((byte) (comparison.isKnown ? 1 : 0));
      add(mac, comparison.attempt.user());
      add(mac, comparison.hash.reveal());
      add(mac, comparison.attempt.password().reveal());
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  private static void add(Mac mac, String part) {
    byte[] bytes = bytes(part);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many verdicts are remembered. */
  int remembered() {
    return cache.size();
  }

  /** How many attempts wait to be checked. */
  int waiting() {
    return queue.waiting();
  }
}
