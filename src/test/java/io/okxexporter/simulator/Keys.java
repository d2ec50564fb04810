package io.okxexporter.simulator;

import java.util.List;
import java.util.Set;

/** Creates users of the simulated exchange with other kinds of keys or accounts. */
public final class Keys {
  private Keys() {}

  /** Returns the same user with a key of another region. */
  public static SimulatedUser in(SimulatedRegion region, SimulatedUser user) {
    KeySettings key = user.settings();
    return with(user, new KeySettings(region, key.permissions(), key.addresses(), key.label()));
  }

  /** Returns the same user with a key of exactly these permissions. */
  public static SimulatedUser allowing(SimulatedUser user, Permission... permissions) {
    KeySettings key = user.settings();
    Set<Permission> allowed = Set.of(permissions);
    return with(user, new KeySettings(key.region(), allowed, key.addresses(), key.label()));
  }

  /** Returns the same user with a key for these addresses only. */
  public static SimulatedUser boundTo(SimulatedUser user, String... addresses) {
    KeySettings key = user.settings();
    List<String> bound = List.of(addresses);
    return with(user, new KeySettings(key.region(), key.permissions(), bound, key.label()));
  }

  /** Returns the same user with a key of another name. */
  static SimulatedUser labelled(String label, SimulatedUser user) {
    KeySettings key = user.settings();
    return with(user, new KeySettings(key.region(), key.permissions(), key.addresses(), label));
  }

  private static SimulatedUser with(SimulatedUser user, KeySettings settings) {
    return new SimulatedUser(
        user.name(), user.uid(), user.mainUid(), user.credentials(), user.demo(), settings);
  }

  /** Returns the same user with a key of demo trading. */
  public static SimulatedUser inDemo(SimulatedUser user) {
    return new SimulatedUser(
        user.name(), user.uid(), user.mainUid(), user.credentials(), true, user.settings());
  }

  /** Returns the same user with the User ID of another. */
  public static SimulatedUser sharing(SimulatedUser other, SimulatedUser user) {
    return of(other.uid(), other.mainUid(), user);
  }

  /** Returns the same user as a sub-account of the main one. */
  public static SimulatedUser under(SimulatedUser main, SimulatedUser user) {
    return of(user.uid(), main.uid(), user);
  }

  private static SimulatedUser of(String uid, String mainUid, SimulatedUser user) {
    return new SimulatedUser(
        user.name(), uid, mainUid, user.credentials(), user.demo(), user.settings());
  }
}
