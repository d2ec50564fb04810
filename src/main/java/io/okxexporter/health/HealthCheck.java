package io.okxexporter.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A separate program for the health check of a container that contains nothing but Java. It
 * contacts only the exporter in the same container.
 */
public final class HealthCheck {
  private static final String DEFAULT_PORT = "10058";

  private HealthCheck() {}

  /**
   * Exits with 0 if the exporter on this machine responds, else with 1.
   *
   * @param args the exporter's port, if it is not 10058
   */
  public static void main(String[] args) {
    int port = Integer.parseInt(args.length == 0 ? DEFAULT_PORT : args[0]);
    System.exit(responds(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)) ? 0 : 1);
  }

  /**
   * Whether the exporter responds. A refusal counts, too: for a missing password, for the rate, or
   * a TLS alert in reply to plain HTTP.
   */
  static boolean responds(InetSocketAddress address) {
    try {
      String response = LoopbackGet.get(address, "/-/healthy");
      return !response.isEmpty() && !response.startsWith("HTTP/1.1 5");
    } catch (IOException e) {
      return false;
    }
  }
}
