package io.okxexporter.simulator;

import java.time.Duration;

/**
 * How one request is treated on its way and at the exchange. Whoever carries requests to the
 * exchange keeps to it: over HTTP {@link ScriptedHandler}, in memory a transport in virtual time.
 *
 * @param delayBefore how long the request is under way: it arrives so much later
 * @param delayAfter how long the answer, or the reset, is under way
 * @param reaction what the exchange does once the request has arrived
 */
public record Behaviour(Duration delayBefore, Duration delayAfter, Reaction reaction) {
  /** No delays, no fault. */
  public static final Behaviour NORMAL = of(new Reaction.Normal());

  /** Refuses negative delays. */
  public Behaviour {
    requireNotNegative("delayBefore", delayBefore);
    requireNotNegative("delayAfter", delayAfter);
  }

  /** That reaction without delays. */
  public static Behaviour of(Reaction reaction) {
    return new Behaviour(Duration.ZERO, Duration.ZERO, reaction);
  }

  private static void requireNotNegative(String name, Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(name + " < 0: " + delay);
    }
  }
}
