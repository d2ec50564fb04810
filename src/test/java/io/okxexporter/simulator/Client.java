package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.fixture.ReferenceSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates requests as an OKX client does, sends them, and reads the responses. */
public final class Client {
  static final String VALUATION = "/api/v5/asset/asset-valuation";
  static final String USDT = VALUATION + "?ccy=USDT";
  static final String CONFIG = "/api/v5/account/config";
  static final String TIME = "/api/v5/public/time";
  static final String STATUS = "/api/v5/system/status";

  private static final String THIS_MACHINE = "127.0.0.1";

  private Client() {}

  /** Without headers. */
  public static SimulatedRequest get(String target) {
    return get(target, Map.of());
  }

  /** From this machine to a host of the global region. */
  public static SimulatedRequest get(String target, Map<String, String> headers) {
    return new SimulatedRequest("GET", target, headers, SimulatedRegion.GLOBAL, THIS_MACHINE);
  }

  /** Signed with the user's key. */
  static SimulatedRequest get(SimulatedUser user, String target, Instant now) {
    return get(target, ReferenceSigner.get(user.credentials(), target, now));
  }

  /** Signed, with a time of any form. */
  static SimulatedRequest get(SimulatedUser user, String target, String timestamp) {
    return get(target, ReferenceSigner.get(user.credentials(), target, timestamp));
  }

  /** Returns the same request to a host of the region. */
  public static SimulatedRequest to(SimulatedRegion region, SimulatedRequest request) {
    return new SimulatedRequest(
        request.method(), request.target(), request.headers(), region, request.address());
  }

  /** Returns the same request from the address. */
  static SimulatedRequest from(String address, SimulatedRequest request) {
    return new SimulatedRequest(
        request.method(), request.target(), request.headers(), request.region(), address);
  }

  /** Returns the same request with one header changed, or removed if null. */
  static SimulatedRequest with(SimulatedRequest request, String name, @Nullable String value) {
    Map<String, String> headers = new HashMap<>(request.headers());
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return new SimulatedRequest(
        request.method(), request.target(), headers, request.region(), request.address());
  }

  /** The body as text. */
  public static String text(SimulatedResponse response) {
    return new String(response.body(), UTF_8);
  }

  static Socket connect(SimulatedServer server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.baseUrl().getPort());
  }

  static Socket send(SimulatedServer server, String target, Map<String, String> headers)
      throws IOException {
    Socket socket = connect(server);
    write(socket, target, headers);
    return socket;
  }

  static void write(Socket socket, String target, Map<String, String> headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: okx\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    request.append("Connection: close\r\n\r\n");
    socket.getOutputStream().write(request.toString().getBytes(US_ASCII));
  }

  static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }
}
