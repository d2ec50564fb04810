package io.okxexporter.simulator;

/**
 * A region of the exchange, with hosts and users of its own; the hosts of one do not know the keys
 * of another.
 */
public enum SimulatedRegion {
  /** Everyone else. */
  GLOBAL,
  /** The European Economic Area. */
  EEA,
  /** The United States. */
  US
}
