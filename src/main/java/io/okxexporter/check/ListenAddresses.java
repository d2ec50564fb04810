package io.okxexporter.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;

/** Whether the exporter could listen where it is to. */
public final class ListenAddresses {
  private static final String NAME = "listen address";
  private static final String REMEDY =
      "Stop what listens there, or choose another with --web.listen-address.";
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int MAX_ANSWER = 1024;

  private ListenAddresses() {}

  /** Listens for a moment, if that is possible. */
  public static Step step(InetSocketAddress address) {
    String where = words(address);
    if (address.isUnresolved()) {
      return Step.fail(
          NAME,
          where + ": the host is unknown",
          "Name an address of this machine in --web.listen-address.");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return Step.pass(NAME, where + " is free");
    } catch (BindException e) {
      return isTaken(address) ? taken(address, where) : refused(where, e);
    } catch (IOException e) {
      return refused(where, e);
    }
  }

  private static Step taken(InetSocketAddress address, String where) {
    return isExporter(address)
        ? Step.warn(
            NAME,
            where + " is taken by an okx-exporter that is running",
            "Stop that one before you start another; it uses the rate limit of the valuations.")
        : Step.fail(NAME, where + " is taken", REMEDY);
  }

  /** Whether this step found an exporter that runs. */
  public static boolean foundExporter(Step step) {
    return step.name().equals(NAME) && step.status() == Status.WARN;
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
    try (Socket socket = new Socket()) {
      if (NetworkInterface.getByInetAddress(reachable(address).getAddress()) == null) {
        return false;
      }
      socket.connect(reachable(address), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the health page there is ours. */
  private static boolean isExporter(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(reachable(address), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readNBytes(MAX_ANSWER), ISO_8859_1)
          .contains("okx-exporter is");
    } catch (IOException e) {
      return false;
    }
  }

  private static InetSocketAddress reachable(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }

  private static String words(InetSocketAddress address) {
    if (address.isUnresolved()) {
      return address.getHostString() + ":" + address.getPort();
    }
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
