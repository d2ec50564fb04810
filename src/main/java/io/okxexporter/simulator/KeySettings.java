package io.okxexporter.simulator;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The settings of an API key: its region, its permissions and the addresses it may be used from.
 *
 * @param region the only region whose hosts know the key
 * @param permissions any combination; without {@link Permission#READ_ONLY} every request with the
 *     key is rejected
 * @param addresses the only addresses the key may be used from, as text; empty for any
 * @param label the name its owner gave the key
 */
record KeySettings(
    SimulatedRegion region, Set<Permission> permissions, List<String> addresses, String label) {
  /** A read-only key of the global region, bound to no address. */
  public static final KeySettings DEFAULT =
      new KeySettings(SimulatedRegion.GLOBAL, Set.of(Permission.READ_ONLY), List.of(), "simulated");

  /** Copies the collections, the permissions in OKX's order. */
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
