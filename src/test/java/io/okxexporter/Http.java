package io.okxexporter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A client that has nothing in common with the exporter's. */
final class Http {
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  HttpResponse<String> get(URI url, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The body of a success. */
  String body(URI url) throws IOException, InterruptedException {
    HttpResponse<String> response = get(url, Map.of());
    if (response.statusCode() != 200) {
      throw new AssertionError(url + ": HTTP " + response.statusCode());
    }
    return response.body();
  }

  Metrics scrape(URI url) throws IOException, InterruptedException {
    return Metrics.parse(body(url));
  }
}
