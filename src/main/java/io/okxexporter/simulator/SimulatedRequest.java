package io.okxexporter.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as it arrives at the exchange.
 *
 * @param method HTTP method
 * @param target path and query, byte for byte as they came over the wire
 * @param headers by name in lower case; one value per name
 * @param region whose host it was sent to
 * @param address where it came from, an IP address as text
 */
public record SimulatedRequest(
    String method,
    String target,
    Map<String, String> headers,
    SimulatedRegion region,
    String address) {
  /** Keeps its own copy of the headers, their names in lower case. */
  public SimulatedRequest {
    headers =
        headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    Map.Entry::getValue,
                    (first, second) -> first));
  }

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** A header that is there and not empty; OKX treats an empty one as missing. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).filter(value -> !value.isEmpty());
  }

  /** The first parameter of that name, if it is not empty; OKX's parameters need no decoding. */
  Optional<String> parameter(String name) {
    String query = target.substring(Math.min(path().length() + 1, target.length()));
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return Optional.of(part.substring(name.length() + 1)).filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }

  /** Names the request without its headers, which hold secrets. */
  @Override
  public String toString() {
    return method + " " + target;
  }
}
