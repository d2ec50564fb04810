package io.okxexporter.check;

import io.okxexporter.config.ListenAddress;
import io.okxexporter.health.LoopbackGet;
import io.okxexporter.metrics.MetricFamily;
import io.okxexporter.model.Clock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Checks whether the exporter can listen at an address, and otherwise what listens there. */
final class ListenAddressStep {
  private static final String NAME = "listen address";
  private static final String REMEDY =
      "Stop the program that listens there, or choose another address with --web.listen-address.";

  /** In every response of a health page, even an error. */
  private static final String PROGRAM = "okx-exporter";

  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

  private ListenAddressStep() {}

  /**
   * The result for one address.
   *
   * @param exporter the exporter that runs there; null if none does
   */
  record ListenResult(Step step, @Nullable RunningExporter exporter) {}

  /**
   * Binds the address for a moment, if possible.
   *
   * @param telemetryPath the path of a running exporter's metrics
   * @param clock timestamps their reading
   */
  static ListenResult find(InetSocketAddress address, String telemetryPath, Clock clock) {
    String where = ListenAddress.format(address);
    if (address.isUnresolved()) {
      return withoutExporter(
          Step.fail(
              NAME,
              where + ": unknown host",
              "Set --web.listen-address to an address of this machine."));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return withoutExporter(Step.pass(NAME, where + " is free"));
    } catch (BindException e) {
      return isTaken(address)
          ? taken(address, telemetryPath, clock, where)
          : withoutExporter(cannotBind(where, e));
    } catch (IOException e) {
      return withoutExporter(cannotBind(where, e));
    }
  }

  private static ListenResult withoutExporter(Step step) {
    return new ListenResult(step, null);
  }

  private static ListenResult taken(
      InetSocketAddress address, String telemetryPath, Clock clock, String where) {
    RunningExporter exporter = exporter(address, telemetryPath, clock);
    return exporter == null
        ? withoutExporter(Step.fail(NAME, where + " is already in use", REMEDY))
        : new ListenResult(
            Step.warn(
                NAME,
                where + " is in use by a running okx-exporter",
                "Stop it before you start another; two would share one rate limit."),
            exporter);
  }

  private static Step cannotBind(String where, IOException e) {
    return Step.fail(
        NAME,
        where + ": " + e.getMessage(),
        "Choose an address and port that this machine has and this account may use, with"
            + " --web.listen-address.");
  }

  /** Distinguishes a taken address from one that this machine lacks or does not permit. */
  private static boolean isTaken(InetSocketAddress address) {
    InetSocketAddress reachable = LoopbackGet.reachable(address);
    try (Socket socket = new Socket()) {
      if (NetworkInterface.getByInetAddress(reachable.getAddress()) == null) {
        return false;
      }
      socket.connect(reachable, CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable RunningExporter exporter(
      InetSocketAddress address, String path, Clock clock) {
    try {
      String health = get(address, "/-/healthy");
      return health.contains(PROGRAM) ? exporter(health, address, path, clock) : null;
    } catch (IOException e) {
      return requiresCertificate(e)
          ? RunningExporter.closed("it requires a client certificate")
          : null;
    }
  }

  private static RunningExporter exporter(
      String health, InetSocketAddress address, String path, Clock clock) throws IOException {
    if (!isOk(health)) {
      return RunningExporter.closed("its health endpoint returns " + status(health));
    }
    String metrics = get(address, path + "?" + query());
    return isOk(metrics)
        ? RunningExporter.of(metrics.substring(metrics.indexOf("\r\n\r\n") + 1), clock.now())
        : RunningExporter.closed("its metrics endpoint returns " + status(metrics));
  }

  private static boolean isOk(String response) {
    return status(response).startsWith("200");
  }

  /** Returns the status code and its name. */
  private static String status(String response) {
    return LoopbackGet.statusLine(response).replaceFirst("^\\S+ ", "");
  }

  private static String query() {
    return RunningExporter.REQUESTED.stream()
        .map(MetricFamily::exposedName)
        .map(name -> "name[]=" + name)
        .collect(Collectors.joining("&"));
  }

  /** Falls back to TLS where the server does not respond in plain HTTP. */
  private static String get(InetSocketAddress address, String path) throws IOException {
    String plain = LoopbackGet.get(address, path);
    return plain.startsWith("HTTP/") ? plain : getOverTls(address, path);
  }

  /**
   * Retries once: a server that requires a certificate may reset the connection before its alert.
   */
  private static String getOverTls(InetSocketAddress address, String path) throws IOException {
    try {
      return LoopbackGet.get(address, path, ListenAddressStep::tls);
    } catch (IOException e) {
      if (requiresCertificate(e)) {
        throw e;
      }
      return LoopbackGet.get(address, path, ListenAddressStep::tls);
    }
  }

  private static boolean requiresCertificate(IOException e) {
    return e instanceof SSLException && String.valueOf(e.getMessage()).contains("certificate");
  }

  /** Trusts any certificate: nothing secret is sent, and the certificate may be for any name. */
  private static Socket tls(Socket connected) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      SSLSocketFactory factory = context.getSocketFactory();
      return factory.createSocket(connected, "localhost", connected.getPort(), true);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // this side is always the client
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // any program may hold the port
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
