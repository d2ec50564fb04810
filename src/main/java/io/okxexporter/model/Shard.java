package io.okxexporter.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The share of one replica among several. Each User ID belongs to exactly one replica. Replicas
 * need no communication to agree on it, as all read the same configuration.
 *
 * <p>Uses rendezvous hashing: each replica has a score for each User ID, and the one with the
 * highest score polls it. An additional replica thus takes its users from all the others, and no
 * other user moves.
 *
 * @param index from 0
 * @param count how many replicas there are
 */
public record Shard(int index, int count) {
  /** The only replica, to which all users are assigned. */
  public static final Shard WHOLE = new Shard(0, 1);

  /** Whether there are other replicas. */
  public boolean isPart() {
    return count > 1;
  }

  /** Whether the user is assigned to this replica. */
  public boolean isAssigned(User user) {
    return of(user).index == index;
  }

  /** The users assigned to this replica. */
  public List<User> assigned(List<User> users) {
    return users.stream().filter(this::isAssigned).toList();
  }

  /**
   * The replica that the user is assigned to. It depends on the User ID's name in the configuration
   * (its {@link RateLimitGroup}), not on a key, so that a rotated key stays where it is.
   */
  public Shard of(User user) {
    String name = user.rateLimitGroup().name();
    int highest =
        IntStream.range(0, count)
            .boxed()
            .max(Comparator.comparingLong(i -> score(i, name)))
            .orElseThrow();
    return new Shard(highest, count);
  }

  /** Equal in all versions and on all machines, as two versions run side by side in an update. */
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

  /** The format of the configuration, such as {@code 0/3}. */
  @Override
  public String toString() {
    return index + "/" + count;
  }
}
