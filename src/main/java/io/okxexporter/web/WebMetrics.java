package io.okxexporter.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jetty.JettyConnectionMetrics;
import io.micrometer.core.instrument.binder.jetty.JettyServerThreadPoolMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.jetty12.server.TimedHandler;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.ThreadPool;

/** The web server's own metrics, measured by Micrometer. */
final class WebMetrics {
  /**
   * Metrics that promtool accepts though they are wrong: unknown statuses, a summary of open
   * requests whose count falls, bytes that only another connector counts, and connection lifetimes
   * named as requests.
   */
  private static final List<String> OMITTED =
      List.of(
          "jetty.server.handling",
          "jetty.server.requests.open",
          "jetty.connections.bytes",
          "jetty.connections.request");

  /** A registry for these metrics only, so that the filter does not affect the shared one. */
  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();

  private final Set<String> paths;

  /**
   * @param paths the known paths; requests for others count as {@code other}
   */
  WebMetrics(MeterRegistry registry, Set<String> paths) {
    this.paths = Set.copyOf(paths);
    OMITTED.forEach(name -> meters.config().meterFilter(MeterFilter.denyNameStartsWith(name)));
    meters.add(registry);
  }

  /** Returns the handler, timed by path and status. */
  Handler timed(Handler handler) {
    Timed timed = new Timed(meters, paths);
    timed.setHandler(handler);
    return timed;
  }

  void watch(ThreadPool threads, Collection<? extends Connector> connectors) {
    new JettyServerThreadPoolMetrics(threads, Tags.empty()).bindTo(meters);
    // One for all connectors: a second one's gauges would exist already, and its counts be lost.
    JettyConnectionMetrics connections = new JettyConnectionMetrics(meters);
    connectors.forEach(connector -> connector.addBean(connections, false));
  }

  /** A subclass, since the name of the status attribute is protected. */
  private static final class Timed extends TimedHandler {
    Timed(MeterRegistry meters, Set<String> paths) {
      super(meters, Tags.empty(), request -> tags(request, paths));
    }

    private static Iterable<Tag> tags(Request request, Set<String> paths) {
      String path = PageHandler.path(request);
      return Tags.of("path", paths.contains(path) ? path : "other", "status", status(request));
    }

    private static String status(Request request) {
      Object status = request.getAttribute(RESPONSE_STATUS_ATTRIBUTE);
      return status == null ? "unknown" : status.toString();
    }
  }
}
