package io.okxexporter.simulator;

import java.time.Duration;

/**
 * How one request is treated on its way and at the exchange. The carrier of requests implements it:
 * {@link ScriptedHandler} over HTTP, a transport in virtual time in memory.
 *
 * @param delayBefore how long the request takes to arrive
 * @param delayAfter how long the response, or the reset, takes to arrive
 * @param reaction what the exchange does once the request has arrived
 */
public record Behaviour(Duration delayBefore, Duration delayAfter, Reaction reaction) {
  /** No delays, no fault. */
  public static final Behaviour NORMAL = of(new Reaction.Normal());

  /** Rejects negative delays. */
  public Behaviour {
    requireNotNegative("delayBefore", delayBefore);
    requireNotNegative("delayAfter", delayAfter);
  }

  /** Returns the reaction without delays. */
  public static Behaviour of(Reaction reaction) {
    return new Behaviour(Duration.ZERO, Duration.ZERO, reaction);
  }

  private static void requireNotNegative(String name, Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(name + " < 0: " + delay);
    }
  }
}
