package io.okxexporter.simulator;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What was chosen when a key was made: where it is known, what it may do, and from where.
 *
 * @param region the only one whose hosts know the key
 * @param permissions any combination; without {@link Permission#READ_ONLY} nothing can be asked
 * @param addresses the only ones the key may be used from, as text; none for everywhere
 * @param label the name its owner gave the key
 */
record KeySettings(
    SimulatedRegion region, Set<Permission> permissions, List<String> addresses, String label) {
  /** A read-only key of the global region, bound to no address. */
  public static final KeySettings DEFAULT =
      new KeySettings(SimulatedRegion.GLOBAL, Set.of(Permission.READ_ONLY), List.of(), "simulated");

  /** Keeps its own copies, the permissions in OKX's order. */
  public KeySettings {
    EnumSet<Permission> ordered = EnumSet.noneOf(Permission.class);
    ordered.addAll(permissions);
    permissions = Collections.unmodifiableSet(ordered);
    addresses = List.copyOf(addresses);
  }

  boolean reads() {
    return permissions.contains(Permission.READ_ONLY);
  }

  boolean admits(String address) {
    return addresses.isEmpty() || addresses.contains(address);
  }
}
