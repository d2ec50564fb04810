package io.okxexporter.simulator;

/** Says how the exchange treats each request: where tests put their faults. */
@FunctionalInterface
public interface Script {
  /** No faults. */
  Script NONE = request -> Behaviour.NORMAL;

  /**
   * How to treat this request. Called once per request, one call at a time, when the request sets
   * out for the exchange.
   */
  Behaviour next(SimulatedRequest request);
}
