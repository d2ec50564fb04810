package io.okxexporter.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as it arrives at the exchange.
 *
 * @param method HTTP method
 * @param target path and query, byte for byte as received
 * @param headers by name in lower case; one value per name
 * @param region the region of its host
 * @param address the IP address of its client, as text
 */
public record SimulatedRequest(
    String method,
    String target,
    Map<String, String> headers,
    SimulatedRegion region,
    String address) {
  /** Copies the headers, with their names in lower case. */
  public SimulatedRequest {
    headers =
        headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue,
                    (first, second) -> first));
  }

  /** Returns the target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Returns a header if present and not empty; OKX treats an empty one as missing. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * Returns the first parameter of this name, if it is not empty; OKX's parameters need no
   * decoding.
   */
  Optional<String> parameter(String name) {
    String query = target.substring(Math.min(path().length() + 1, target.length()));
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return Optional.of(part.substring(name.length() + 1)).filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }

  /** Omits the headers, which hold secrets. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
