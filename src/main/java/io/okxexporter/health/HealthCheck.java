package io.okxexporter.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A program of its own, for the health check of a container that holds nothing but Java. It asks
 * the exporter beside it, and nobody else.
 */
public final class HealthCheck {
  private static final String DEFAULT_PORT = "10058";

  private HealthCheck() {}

  /**
   * Exits with 0 if an exporter of this machine answers, else with 1.
   *
   * @param args its port, if it is not 10058
   */
  public static void main(String[] args) {
    int port = Integer.parseInt(args.length == 0 ? DEFAULT_PORT : args[0]);
    System.exit(answers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)) ? 0 : 1);
  }

  /**
   * A refusal is an answer as well: of a password that is missing here, of a rate, and, which is no
   * HTTP at all, of a request without TLS.
   */
  static boolean answers(InetSocketAddress address) {
    try {
      String answer = LoopbackGet.get(address, "/-/healthy");
      return !answer.isEmpty() && !answer.startsWith("HTTP/1.1 5");
    } catch (IOException e) {
      return false;
    }
  }
}
