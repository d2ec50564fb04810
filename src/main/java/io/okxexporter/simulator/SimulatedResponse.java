package io.okxexporter.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response of the exchange.
 *
 * @param status HTTP status
 * @param headers by name, without those of the connection
 * @param body the whole body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, written once
public record SimulatedResponse(int status, Map<String, String> headers, byte[] body) {
  /** Copies the headers. */
  public SimulatedResponse {
    headers = Map.copyOf(headers);
  }

  /** Returns a JSON response, as OKX sends it. */
  public static SimulatedResponse json(int status, String body) {
    return new SimulatedResponse(
        status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The status and the length, not the body, which holds balances. */
  @Override
  public String toString() {
    return "HTTP " + status + ", " + body.length + " bytes";
  }
}
