package io.okxexporter.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/** The page at {@code /config}: the configuration in use, one setting per line. */
final class ConfigPage implements PageContent {
  private final Supplier<Map<String, String>> config;

  /**
   * @param config settings and values, in order, without secrets; called for each request
   */
  ConfigPage(Supplier<Map<String, String>> config) {
    this.config = config;
  }

  @Override
  public PageResponse answer(Request request) {
    return PageResponse.of(
        200, "text/plain; charset=utf-8", text().getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    return config.get().entrySet().stream()
        .map(setting -> line(setting.getKey() + ": " + setting.getValue()))
        .collect(Collectors.joining());
  }

  /** Keeps a value from starting a new line. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", "�") + "\n";
  }
}
