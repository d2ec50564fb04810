package io.okxexporter.simulator;

/**
 * What the exchange does with a request that has arrived. The arrival counts towards the rate limit
 * whatever the reaction.
 */
public sealed interface Reaction {
  /** Answers as OKX does. */
  record Normal() implements Reaction {}

  /**
   * Answers this instead of the normal answer.
   *
   * @param response any status, headers and body
   */
  record Answer(SimulatedResponse response) implements Reaction {}

  /**
   * Announces the whole normal answer, sends the beginning of its body, and closes the connection.
   *
   * @param bytes how many bytes of the body are sent
   */
  record Truncated(int bytes) implements Reaction {
    /** Refuses a negative length. */
    public Truncated {
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes < 0: " + bytes);
      }
    }
  }

  /** Resets the connection instead of answering. */
  record Reset() implements Reaction {}

  /** Never answers, and leaves the connection open. */
  record Stall() implements Reaction {}
}
