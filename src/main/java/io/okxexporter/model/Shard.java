package io.okxexporter.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of several replicas this process is. Every User ID belongs to exactly one of them, and they
 * agree on which without talking to each other, as all of them read the same configuration.
 *
 * <p>Rendezvous hashing: each replica has a score for each User ID, and the highest one asks for
 * it. So with one replica more, what it takes comes from all the others, and nothing else moves.
 *
 * @param index from 0
 * @param count how many replicas there are
 */
public record Shard(int index, int count) {
  /** The only one: all users are its own. */
  public static final Shard WHOLE = new Shard(0, 1);

  /** Whether there are others. */
  public boolean isPart() {
    return count > 1;
  }

  /** Whether this replica asks for the user. */
  public boolean holds(User user) {
    return of(user).index == index;
  }

  /** Those of the users that this replica asks for. */
  public List<User> assigned(List<User> users) {
    return users.stream().filter(this::holds).toList();
  }

  /**
   * The replica that asks for the user. It is found by what the configuration calls the User ID
   * (its {@link RateLimitGroup}), not by a key, so that a rotated key stays where it is.
   */
  public Shard of(User user) {
    String name = user.rateLimitGroup().name();
    int owner =
        IntStream.range(0, count)
            .boxed()
            .max(Comparator.comparingLong(i -> score(i, name)))
            .orElseThrow();
    return new Shard(owner, count);
  }

  /** The same in every version and on every machine: two versions run side by side in an update. */
  private static long score(int index, String name) {
    byte[] text = (index + "/" + name).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(sha256().digest(text)).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** As it is configured: {@code 0/3}. */
  @Override
  public String toString() {
    return index + "/" + count;
  }
}
