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

/** Whether the exporter could listen where it is to, and what listens there otherwise. */
final class ListenAddressCheck {
  private static final String NAME = "listen address";
  private static final String REMEDY =
      "Stop the program that listens there, or choose another address with --web.listen-address.";

  /** In every answer of a health page, be it a refusal. */
  private static final String PROGRAM = "okx-exporter";

  private static final int PATIENCE_MILLIS = 2_000;

  private ListenAddressCheck() {}

  /**
   * What was found at one address.
   *
   * @param exporter that runs there, null if none does
   */
  record ListenResult(Step step, @Nullable RunningExporter exporter) {}

  /**
   * Listens for a moment, if that is possible.
   *
   * @param telemetryPath where a running exporter has its metrics
   * @param clock says when they were read
   */
  static ListenResult find(InetSocketAddress address, String telemetryPath, Clock clock) {
    String where = ListenAddress.format(address);
    if (address.isUnresolved()) {
      return nothing(
          Step.fail(
              NAME,
              where + ": unknown host",
              "Set --web.listen-address to an address of this machine."));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return nothing(Step.pass(NAME, where + " is free"));
    } catch (BindException e) {
      return isTaken(address)
          ? taken(address, telemetryPath, clock, where)
          : nothing(refused(where, e));
    } catch (IOException e) {
      return nothing(refused(where, e));
    }
  }

  private static ListenResult nothing(Step step) {
    return new ListenResult(step, null);
  }

  private static ListenResult taken(
      InetSocketAddress address, String telemetryPath, Clock clock, String where) {
    RunningExporter exporter = exporter(address, telemetryPath, clock);
    return exporter == null
        ? nothing(Step.fail(NAME, where + " is already in use", REMEDY))
        : new ListenResult(
            Step.warn(
                NAME,
                where + " is in use by a running okx-exporter",
                "Stop it before you start another; two would share one rate limit."),
            exporter);
  }

  private static Step refused(String where, IOException e) {
    return Step.fail(
        NAME,
        where + ": " + e.getMessage(),
        "Choose an address and port that this machine has and this account may use, with"
            + " --web.listen-address.");
  }

  /** Rather than that this machine does not have it, or does not let us have it. */
  private static boolean isTaken(InetSocketAddress address) {
    InetSocketAddress reachable = LoopbackGet.reachable(address);
    try (Socket socket = new Socket()) {
      if (NetworkInterface.getByInetAddress(reachable.getAddress()) == null) {
        return false;
      }
      socket.connect(reachable, PATIENCE_MILLIS);
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
      return asksForCertificate(e)
          ? RunningExporter.closed("it requires a client certificate")
          : null;
    }
  }

  private static RunningExporter exporter(
      String health, InetSocketAddress address, String path, Clock clock) throws IOException {
    if (!isGood(health)) {
      return RunningExporter.closed("its health endpoint returns " + status(health));
    }
    String metrics = get(address, path + "?" + query());
    return isGood(metrics)
        ? RunningExporter.of(metrics.substring(metrics.indexOf("\r\n\r\n") + 1), clock.now())
        : RunningExporter.closed("its metrics endpoint returns " + status(metrics));
  }

  private static boolean isGood(String answer) {
    return status(answer).startsWith("200");
  }

  /** The code and its name. */
  private static String status(String answer) {
    return LoopbackGet.statusLine(answer).replaceFirst("^\\S+ ", "");
  }

  private static String query() {
    return RunningExporter.ASKED.stream()
        .map(MetricFamily::exposedName)
        .map(name -> "name[]=" + name)
        .collect(Collectors.joining("&"));
  }

  /** Over TLS where plain HTTP is not what is spoken there. */
  private static String get(InetSocketAddress address, String path) throws IOException {
    String plain = LoopbackGet.get(address, path);
    return plain.startsWith("HTTP/") ? plain : getOverTls(address, path);
  }

  /** A server that asks for a certificate may reset the connection before it says so. */
  private static String getOverTls(InetSocketAddress address, String path) throws IOException {
    try {
      return LoopbackGet.get(address, path, ListenAddressCheck::tls);
    } catch (IOException e) {
      if (asksForCertificate(e)) {
        throw e;
      }
      return LoopbackGet.get(address, path, ListenAddressCheck::tls);
    }
  }

  private static boolean asksForCertificate(IOException e) {
    return e instanceof SSLException && String.valueOf(e.getMessage()).contains("certificate");
  }

  /** Trusts anybody: nothing secret is said, and the certificate may be for any name. */
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
      // it is we who are the client
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
