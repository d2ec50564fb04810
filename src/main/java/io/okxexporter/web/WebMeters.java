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

/** How the web side itself is doing, measured by Micrometer. */
final class WebMeters {
  /**
   * What promtool accepts and is wrong all the same: statuses that are not known yet, a summary of
   * what is open now (so that its count falls), bytes that only another kind of connector counts,
   * and lifetimes of connections under the name of requests.
   */
  private static final List<String> LEFT_OUT =
      List.of(
          "jetty.server.handling",
          "jetty.server.requests.open",
          "jetty.connections.bytes",
          "jetty.connections.request");

  /** The filter is for what is measured here, so it must not sit on the registry of all. */
  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();

  private final Set<String> paths;

  /**
   * @param paths the paths there are; requests for others count as {@code other}
   */
  WebMeters(MeterRegistry registry, Set<String> paths) {
    this.paths = Set.copyOf(paths);
    LEFT_OUT.forEach(name -> meters.config().meterFilter(MeterFilter.denyNameStartsWith(name)));
    meters.add(registry);
  }

  /** The same handler, timed by path and status. */
  Handler timed(Handler handler) {
    Timed timed = new Timed(meters, paths);
    timed.setHandler(handler);
    return timed;
  }

  void watch(ThreadPool threads, Collection<? extends Connector> connectors) {
    new JettyServerThreadPoolMetrics(threads, Tags.empty()).bindTo(meters);
    // One for all connectors: a second would find its gauges taken and count into the void.
    JettyConnectionMetrics connections = new JettyConnectionMetrics(meters);
    connectors.forEach(connector -> connector.addBean(connections, false));
  }

  /** The status is in an attribute whose name only a subclass sees. */
  private static final class Timed extends TimedHandler {
    Timed(MeterRegistry meters, Set<String> paths) {
      super(meters, Tags.empty(), request -> tags(request, paths));
    }

    private static Iterable<Tag> tags(Request request, Set<String> paths) {
      String path = Request.getPathInContext(request);
      return Tags.of("path", paths.contains(path) ? path : "other", "status", status(request));
    }

    private static String status(Request request) {
      Object status = request.getAttribute(RESPONSE_STATUS_ATTRIBUTE);
      return status == null ? "unknown" : status.toString();
    }
  }
}
