package io.okxexporter.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.store.View;
import io.okxexporter.web.status.Views;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server on a free port of loopback, and a client for it. */
final class WebFixture implements AutoCloseable {
  static final String METRICS = "# TYPE a gauge\na 1.0\n";

  final AtomicReference<View> view =
      new AtomicReference<>(Views.of(Views.user("main", Views.fresh("USDT"))));
  final WebServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  WebFixture() throws IOException {
    this((request, out) -> out.write(METRICS.getBytes(StandardCharsets.UTF_8)));
  }

  WebFixture(MetricsRenderer renderer) throws IOException {
    this(renderer, new SimpleMeterRegistry());
  }

  WebFixture(MetricsRenderer renderer, MeterRegistry meters) throws IOException {
    server = server(List.of(loopback(0)), renderer, view::get, meters);
    server.start();
  }

  /** With this protection; the fixture's client can use it only without TLS. */
  WebFixture(WebProtection protection) throws IOException {
    this(
        (request, out) -> out.write(METRICS.getBytes(StandardCharsets.UTF_8)), protection, 0, null);
  }

  WebFixture(
      MetricsRenderer renderer,
      WebProtection protection,
      int maxRequests,
      @Nullable ReloadAction reload)
      throws IOException {
    this(loopback(0), renderer, protection, maxRequests, reload);
  }

  /** On the given address. */
  WebFixture(InetSocketAddress address, WebProtection protection) throws IOException {
    this(
        address,
        (request, out) -> out.write(METRICS.getBytes(StandardCharsets.UTF_8)),
        protection,
        0,
        null);
  }

  private WebFixture(
      InetSocketAddress address,
      MetricsRenderer renderer,
      WebProtection protection,
      int maxRequests,
      @Nullable ReloadAction reload)
      throws IOException {
    server =
        new WebServer(
            List.of(address),
            "/metrics",
            renderer,
            view::get,
            Map::of,
            () -> "",
            new BuildInfo("0.1.0", "abc1234", ""),
            false,
            new SimpleMeterRegistry(),
            protection,
            maxRequests,
            reload);
    server.start();
  }

  static WebServer server(
      List<InetSocketAddress> addresses,
      MetricsRenderer renderer,
      Supplier<View> view,
      MeterRegistry meters) {
    BuildInfo build = new BuildInfo("0.1.0", "abc1234", "");
    return UnprotectedWeb.server(addresses, "/metrics", renderer, view, build, false, meters);
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  InetSocketAddress address() {
    return server.addresses().get(0);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    return client.send(request(method, path, headers), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
    return client.send(request("GET", path, headers), BodyHandlers.ofByteArray());
  }

  CompletableFuture<HttpResponse<byte[]>> getAsync(String path, String... headers) {
    return sendAsync("GET", path, headers);
  }

  CompletableFuture<HttpResponse<byte[]>> sendAsync(String method, String path, String... headers) {
    return client.sendAsync(request(method, path, headers), BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String method, String path, String... headers) {
    URI uri = URI.create("http://127.0.0.1:" + address().getPort() + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  /** Opens a connection with a small receive buffer, sends the text and reads nothing. */
  Socket raw(String sent) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(20_000);
    socket.connect(address());
    socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** Returns all that comes back until the server closes the connection. */
  String exchange(String sent) throws IOException {
    try (Socket socket = raw(sent)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
