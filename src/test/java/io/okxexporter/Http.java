package io.okxexporter;

import static java.net.http.HttpRequest.BodyPublishers.noBody;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that has nothing in common with the exporter's. */
final class Http {
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** The URL in the line with which the exporter says that it serves. */
  static URI url(String line) {
    Matcher url = Pattern.compile("url=(\\S+)").matcher(line);
    if (!url.find()) {
      throw new AssertionError("no URL: " + line);
    }
    return URI.create(url.group(1));
  }

  /** Without a body. */
  HttpResponse<String> send(String method, URI url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).method(method, noBody()).build();
    return client.send(request, BodyHandlers.ofString());
  }

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
