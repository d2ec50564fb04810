package io.okxexporter.simulator;

/** Decides how the exchange treats each request; tests inject their faults here. */
@FunctionalInterface
public interface Script {
  /** No faults. */
  Script NONE = request -> Behaviour.NORMAL;

  /**
   * Returns how to treat the request. Called once per request, one call at a time, when the request
   * is sent.
   */
  Behaviour next(SimulatedRequest request);
}
