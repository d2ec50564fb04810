package io.okxexporter.tools.benchmark;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.metrics.Exposition;
import io.okxexporter.metrics.OkxCollector;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.store.View;
import io.okxexporter.web.ExpositionFormat;
import io.okxexporter.web.UnprotectedWeb;
import io.okxexporter.web.WebServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * A process that serves the same samples in one of several ways, prints its port, and exits at the
 * end of its standard input.
 */
public final class ScrapeTarget {
  private ScrapeTarget() {}

  /** Arguments: the way to serve, the number of users, and of units per user. */
  public static void main(String[] args) throws Exception {
    FilledStore filled = new FilledStore(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    int port =
        switch (args[0]) {
          case "exporter" -> exporter(filled, filled.store()::view);
          case "exporter-all-changed" -> exporter(filled, inTurns(filled));
          case "client_java" -> clientJava(filled);
          case "jetty" -> jetty(filled);
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println(port);
    while (System.in.read() >= 0) {
      // until the benchmark closes it
    }
    System.exit(0);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /**
   * Alternates between two views without a common value; building a third accounts for the cost of
   * a view.
   */
  private static Supplier<View> inTurns(FilledStore filled) {
    View one = filled.store().view();
    filled.pollEverything();
    View other = filled.store().view();
    AtomicInteger turn = new AtomicInteger();
    return () -> {
      View unused = filled.store().view();
      return turn.getAndIncrement() % 2 == 0 ? one : other;
    };
  }

  private static OkxCollector collector(Supplier<View> view) {
    return new OkxCollector(view, "1", "1", true);
  }

  private static Exposition exposition(Supplier<View> view) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(collector(view));
    return new Exposition(registry);
  }

  @SuppressWarnings("resource") // lives as long as the process
  private static int exporter(FilledStore filled, Supplier<View> view) throws IOException {
    Exposition exposition = exposition(view);
    WebServer web =
        UnprotectedWeb.server(
            List.of(anyPort()),
            "/metrics",
            (request, out) -> {
              if (request.format() == ExpositionFormat.TEXT) {
                exposition.writeText(out, EscapingScheme.UNDERSCORE_ESCAPING, request.names());
              } else {
                exposition.writeOpenMetrics(out, EscapingScheme.ALLOW_UTF8, request.names());
              }
            },
            filled.store()::view,
            new BuildInfo("1", "1", ""),
            true,
            new SimpleMeterRegistry());
    web.start();
    return web.addresses().get(0).getPort();
  }

  /** The obvious implementation: a gauge per family and the library's own server. */
  @SuppressWarnings("resource")
  private static int clientJava(FilledStore filled) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    for (MetricSnapshot family : collector(filled.store()::view).collect()) {
      if (!(family instanceof HistogramSnapshot)) {
        register(registry, family);
      }
    }
    return HTTPServer.builder()
        .inetAddress(InetAddress.getLoopbackAddress())
        .port(0)
        .registry(registry)
        .buildAndStart()
        .getPort();
  }

  private static void register(PrometheusRegistry registry, MetricSnapshot family) {
    Labels first = family.getDataPoints().get(0).getLabels();
    Gauge gauge =
        Gauge.builder()
            .name(family.getMetadata().getName())
            .help(family.getMetadata().getHelp())
            .labelNames(first.stream().map(label -> label.getName()).toArray(String[]::new))
            .register(registry);
    for (DataPointSnapshot sample : family.getDataPoints()) {
      String[] values =
          sample.getLabels().stream().map(label -> label.getValue()).toArray(String[]::new);
      if (values.length == 0) {
        gauge.set(value(sample));
      } else {
        gauge.labelValues(values).set(value(sample));
      }
    }
  }

  private static double value(DataPointSnapshot sample) {
    if (sample instanceof GaugeDataPointSnapshot gauge) {
      return gauge.getValue();
    }
    return sample instanceof CounterDataPointSnapshot counter ? counter.getValue() : 1;
  }

  /** The lower bound: the response bytes are ready. */
  private static int jetty(FilledStore filled) throws Exception {
    Exposition exposition = exposition(filled.store()::view);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    exposition.writeText(plain, EscapingScheme.UNDERSCORE_ESCAPING, name -> true);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      plain.writeTo(gzip);
    }
    Server server = new Server(anyPort());
    server.setHandler(new Ready(plain.toByteArray(), compressed.toByteArray()));
    server.start();
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  private static final class Ready extends Handler.Abstract {
    private final byte[] plain;
    private final byte[] compressed;

    Ready(byte[] plain, byte[] compressed) {
      this.plain = plain;
      this.compressed = compressed;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      boolean gzip = request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip");
      byte[] body = gzip ? compressed : plain;
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
      if (gzip) {
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
      }
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
