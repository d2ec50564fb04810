package io.okxexporter.simulator;

import java.util.Arrays;
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
public record KeySettings(
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

  /** The same of another region. */
  public KeySettings in(SimulatedRegion region) {
    return new KeySettings(region, permissions, addresses, label);
  }

  /** The same that may do this and nothing else. */
  public KeySettings allowing(Permission... permissions) {
    return new KeySettings(region, Set.copyOf(Arrays.asList(permissions)), addresses, label);
  }

  /** The same for these addresses alone. */
  public KeySettings boundTo(String... addresses) {
    return new KeySettings(region, permissions, List.of(addresses), label);
  }

  /** The same under another name. */
  public KeySettings labelled(String label) {
    return new KeySettings(region, permissions, addresses, label);
  }

  boolean reads() {
    return permissions.contains(Permission.READ_ONLY);
  }

  boolean admits(String address) {
    return addresses.isEmpty() || addresses.contains(address);
  }
}
