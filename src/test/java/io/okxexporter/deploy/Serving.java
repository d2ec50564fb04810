package io.okxexporter.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.fixture.Child;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A started exporter that has served its first scrape.
 *
 * @param url of its metrics
 */
record Serving(Child child, URI url) implements AutoCloseable {
  private static final Pattern URL_IN_LOG = Pattern.compile("http://[^ ]+/metrics");

  static Serving start(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Child child = Child.start(environment, command);
    try {
      Matcher found = URL_IN_LOG.matcher(child.awaitLine("msg=\"serving"));
      URI url = URI.create(found.results().findFirst().orElseThrow().group());
      read(url);
      return new Serving(child, url);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      child.close();
      throw e;
    }
  }

  /** Waits until the metrics contain this text, and returns them. */
  String metricsWith(String text) throws Exception {
    return child.poll(Duration.ofSeconds(60), () -> read(url), metrics -> metrics.contains(text));
  }

  private static String read(URI url) throws IOException {
    try (var body = url.toURL().openStream()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
