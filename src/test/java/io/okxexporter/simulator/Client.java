package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs requests as an OKX client does, and sends them. */
final class Client {
  static final String VALUATION = "/api/v5/asset/asset-valuation";
  static final String USDT = VALUATION + "?ccy=USDT";
  static final String CONFIG = "/api/v5/account/config";
  static final String TIME = "/api/v5/public/time";
  static final String STATUS = "/api/v5/system/status";

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Client() {}

  static SimulatedRequest get(SimulatedUser user, String target, Instant now) {
    return new SimulatedRequest("GET", target, headers(user, target, TIMESTAMP.format(now)));
  }

  /** The same request with one header set to something else, or left out if null. */
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

  static SimulatedRequest get(SimulatedUser user, String target, String timestamp) {
    return new SimulatedRequest("GET", target, headers(user, target, timestamp));
  }

  static Map<String, String> headers(SimulatedUser user, String target, String timestamp) {
    Map<String, String> headers = new HashMap<>();
    headers.put("ok-access-key", user.credentials().apiKey().reveal());
    headers.put("ok-access-passphrase", user.credentials().passphrase().reveal());
    headers.put("ok-access-timestamp", timestamp);
    headers.put(
        "ok-access-sign",
        sign(user.credentials().secretKey().reveal(), timestamp + "GET" + target));
    return headers;
  }

  private static String sign(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
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
