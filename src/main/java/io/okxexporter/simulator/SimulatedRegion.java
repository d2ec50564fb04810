package io.okxexporter.simulator;

/**
 * A region of the exchange, with separate hosts and users; its hosts do not know the keys of other
 * regions.
 */
public enum SimulatedRegion {
  /** The rest of the world. */
  GLOBAL,
  /** The European Economic Area. */
  EEA,
  /** The United States. */
  US
}
