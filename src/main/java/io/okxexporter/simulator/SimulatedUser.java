package io.okxexporter.simulator;

import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A user of the simulated exchange, with a play key in the format of a real one. Two with the same
 * User ID are two keys of one user.
 *
 * @param name the name of the user in the exporter; null for the only user, which has none
 * @param uid User ID: 18 digits, beyond what a double can hold; users with the same one share its
 *     rate limits and portfolio
 * @param mainUid User ID of the main account; differs from {@code uid} for a sub-account
 * @param credentials the invented key
 * @param demo whether the key belongs to demo trading
 * @param settings the other settings of the key
 */
public record SimulatedUser(
    @Nullable String name,
    String uid,
    String mainUid,
    Credentials credentials,
    boolean demo,
    KeySettings settings) {
  private static final long LEAST_UID = 100_000_000_000_000_000L;

  /** A main account with a read-only key of the global region that is bound to no address. */
  public SimulatedUser(@Nullable String name, String uid, Credentials credentials, boolean demo) {
    this(name, uid, uid, credentials, demo, KeySettings.DEFAULT);
  }

  /** Creates the only user, which has no name. */
  public static SimulatedUser unnamed(RandomGenerator random) {
    return create(null, random);
  }

  /** Creates {@code user1} to {@code userN}; equal generators create equal users. */
  public static List<SimulatedUser> named(int count, RandomGenerator random) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> create("user" + n, random)).toList();
  }

  private static SimulatedUser create(@Nullable String name, RandomGenerator random) {
    String uid = Long.toString(random.nextLong(LEAST_UID, 10 * LEAST_UID));
    return new SimulatedUser(name, uid, credentials(random), false);
  }

  private static Credentials credentials(RandomGenerator random) {
    return new Credentials(
        new Secret(apiKey(random)),
        new Secret((hex(random) + hex(random)).toUpperCase(Locale.ROOT)),
        new Secret("Play-" + hex(random)));
  }

  /** A random UUID: version 4, variant 2. */
  private static String apiKey(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  private static String hex(RandomGenerator random) {
    return String.format(Locale.ROOT, "%016x", random.nextLong());
  }
}
