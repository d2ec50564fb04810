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

/** Checks passwords against bcrypt hashes, and caches the newest verdicts. */
public final class PasswordVerifier {
  private static final String MAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final PasswordCache cache = new PasswordCache();
  private final HashQueue queue;
  private final RefusalPace pace;
  private final LongSupplier nanoTime;
  private final BiPredicate<Secret, Secret> bcrypt;
  private final SecretKeySpec key;

  /** The outcome of an attempt. */
  public enum Verdict {
    /** The password is the user's. */
    ACCEPTED,
    /** The password is wrong, or the user is unknown. */
    REFUSED,
    /** The client has disconnected, too many others wait, or the check failed. */
    UNCHECKED
  }

  /**
   * The result of an attempt.
   *
   * @param hold how long to hold back the response
   */
  public record VerifyResult(Verdict verdict, Duration hold) {
    static final VerifyResult NONE = new VerifyResult(Verdict.UNCHECKED, Duration.ZERO);

    private VerifyResult(boolean isRight) {
      this(isRight ? Verdict.ACCEPTED : Verdict.REFUSED, Duration.ZERO);
    }
  }

  /**
   * A client that waits for the result of its attempt.
   *
   * @param address the network address of the attempt
   * @param isConnected false once the client has disconnected
   * @param onResult receives the result: at once if it is cached, else mostly on the worker's
   *     thread
   */
  public record LoginClient(
      String address, BooleanSupplier isConnected, Consumer<VerifyResult> onResult) {}

  /**
   * @param hash compared with the password
   * @param userExists whether the user exists; if not, the hash is another user's
   * @param maxCost the highest cost among all users
   */
  private record Comparison(
      BasicCredentials credentials, Secret hash, boolean userExists, int maxCost) {}

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
   * Checks credentials without blocking the calling thread.
   *
   * @param users bcrypt hashes by name, at least one
   */
  public void check(Map<String, Secret> users, BasicCredentials credentials, LoginClient client) {
    Comparison comparison = comparison(users, credentials);
    String cacheKey = cacheKey(comparison);
    Boolean cached = cache.find(cacheKey);
    if (cached == null) {
      queue.submit(cacheKey, client, () -> verify(comparison, cacheKey));
    } else {
      client.onResult.accept(new VerifyResult(cached));
    }
  }

  private VerifyResult verify(Comparison comparison, String cacheKey) {
    long start = nanoTime.getAsLong();
    return compare(comparison, cacheKey)
        ? new VerifyResult(true)
        : new VerifyResult(Verdict.REFUSED, pace.hold(nanoTime.getAsLong() - start));
  }

  /** Compares an unknown user with the costliest hash, so that response time reveals nothing. */
  private static Comparison comparison(Map<String, Secret> users, BasicCredentials credentials) {
    Secret hash = users.get(credentials.user());
    Secret costliest = costliest(users);
    return new Comparison(
        credentials, hash == null ? costliest : hash, hash != null, Bcrypt.cost(costliest));
  }

  private static Secret costliest(Map<String, Secret> users) {
    return users.values().stream()
        .max(Comparator.comparing(Bcrypt::cost).thenComparing(Secret::reveal))
        .orElseThrow();
  }

  /** An equal attempt may have been checked while this one waited. */
  private boolean compare(Comparison comparison, String cacheKey) {
    Boolean cached = cache.find(cacheKey);
    if (cached != null) {
      return cached;
    }
    boolean isRight = matches(comparison);
    cache.put(cacheKey, isRight);
    return isRight;
  }

  private boolean matches(Comparison comparison) {
    Secret password = comparison.credentials.password();
    boolean isRight = bcrypt.test(password, comparison.hash) && comparison.userExists;
    if (!isRight) {
      spendRemainingRounds(password, comparison.hash, comparison.maxCost);
    }
    return isRight;
  }

  /** Each cost has twice the rounds of the one before, so costs a to b-1 add up to 2^b - 2^a. */
  private void spendRemainingRounds(Secret password, Secret hash, int maxCost) {
    for (int cost = Bcrypt.cost(hash); cost < maxCost; cost++) {
      boolean unused = bcrypt.test(password, Bcrypt.withCost(hash, cost));
    }
  }

  /** Returns a keyed hash of all that the verdict depends on, each part prefixed by its length. */
  private String cacheKey(Comparison comparison) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update((byte) (comparison.userExists ? 1 : 0));
      add(mac, comparison.credentials.user());
      add(mac, comparison.hash.reveal());
      add(mac, comparison.credentials.password().reveal());
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

  int cached() {
    return cache.size();
  }

  /** Returns how many attempts are queued. */
  public int waiting() {
    return queue.waiting();
  }
}
