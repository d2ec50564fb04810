package io.okxexporter.simulator;

/**
 * What the exchange does with a request that has arrived. The arrival counts towards the rate limit
 * whatever the reaction.
 */
public sealed interface Reaction {
  /** Responds as OKX does. */
  record Normal() implements Reaction {}

  /**
   * Responds with this instead of the normal response.
   *
   * @param response any status, headers and body
   */
  record Answer(SimulatedResponse response) implements Reaction {}

  /**
   * Announces the whole normal response, sends the beginning of its body, and closes the
   * connection.
   *
   * @param bytes how many bytes of the body are sent
   */
  record Truncated(int bytes) implements Reaction {
    /** Rejects a negative length. */
    public Truncated {
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes < 0: " + bytes);
      }
    }
  }

  /** Resets the connection instead of responding. */
  record Reset() implements Reaction {}

  /** Never responds, and leaves the connection open. */
  record Stall() implements Reaction {}
}
