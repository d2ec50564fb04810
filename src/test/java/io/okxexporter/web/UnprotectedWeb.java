package io.okxexporter.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.okxexporter.file.TestFiles;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.store.View;
import io.okxexporter.web.config.WebSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A web server without a web configuration: plain HTTP for any client and host. */
public final class UnprotectedWeb {
  static final AllowedHosts ANY_HOST = AllowedHosts.of(List.of(), true);

  private UnprotectedWeb() {}

  /** Creates a server without reload and without a limit on scrapes. */
  public static WebServer server(
      List<InetSocketAddress> addresses,
      String telemetryPath,
      MetricsRenderer renderer,
      Supplier<View> view,
      BuildInfo build,
      boolean simulated,
      MeterRegistry meters) {
    return new WebServer(
        addresses,
        telemetryPath,
        renderer,
        view,
        Map::of,
        () -> "",
        build,
        simulated,
        meters,
        protection(),
        0,
        null);
  }

  static WebProtection protection() {
    return new WebProtection(
        () -> WebSettings.NONE,
        UnprotectedWeb.ANY_HOST,
        new TestFiles(),
        good -> {},
        System::nanoTime);
  }
}
