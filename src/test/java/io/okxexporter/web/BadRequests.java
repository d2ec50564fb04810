package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Requests that a hostile or broken client may send. */
final class BadRequests {
  private static final String LONG = "A".repeat(7_500);
  private static final String HTTP2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final String NO_SETTINGS = "\0\0\0\4\0\0\0\0\0";
  private static final int RANDOM = 30;

  private BadRequests() {}

  /** Requests over HTTP/1.1, with or without TLS. */
  static Map<String, byte[]> http1() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    hosts(all);
    requestLines(all);
    headers(all);
    bodies(all);
    return all;
  }

  /** Random bytes, after the first lines of a request or from the start. */
  static Map<String, byte[]> random() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    random(all, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    random(all, "");
    return all;
  }

  private static void hosts(Map<String, byte[]> all) {
    for (String host :
        new String[] {
          "a b@" + LONG,
          "a b",
          "a@b",
          "a:b",
          "a:99999",
          "a:-1",
          "[",
          "[::1",
          "[::1]x",
          "[zz]:1",
          "a/b",
          "a\\b",
          "a?b",
          "a#b",
          "%zz",
          "%00",
          "",
          " ",
          ":",
          ":80",
          "\0",
          "\u00ff",
          "\t",
          "evil.example",
          "127.0.0.1\r\nHost: evil.example",
          "a\r\n b"
        }) {
      put(all, "GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      put(all, "GET http://" + host + "/metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    }
    put(all, "GET /metrics HTTP/1.1\r\n\r\n");
  }

  private static void requestLines(Map<String, byte[]> all) {
    for (String line :
        new String[] {
          "",
          "GET",
          "GET /",
          "GET  / HTTP/1.1",
          "GET / HTTP/1.1 x",
          "GET / HTTP/9.9",
          "GET / XTTP",
          "GET / HTTP/0.9",
          "get / HTTP/1.1",
          "G\0T / HTTP/1.1",
          "\0",
          "GET /\0 HTTP/1.1",
          "GET /%zz HTTP/1.1",
          "GET /%00 HTTP/1.1",
          "GET /%c0%af HTTP/1.1",
          "GET /% HTTP/1.1",
          "GET /%u0041 HTTP/1.1",
          "GET /..%2f..%2fetc/passwd HTTP/1.1",
          "GET /../x HTTP/1.1",
          "GET //x//y HTTP/1.1",
          "GET /a;b=c/..;/d HTTP/1.1",
          "GET /\\x HTTP/1.1",
          "GET /?%zz HTTP/1.1",
          "GET /metrics?name[]=%zz&name[]=%ff HTTP/1.1",
          "GET x HTTP/1.1",
          "GET * HTTP/1.1",
          "OPTIONS * HTTP/1.1",
          "OPTIONS x HTTP/1.1",
          "CONNECT evil.example:443 HTTP/1.1",
          "CONNECT / HTTP/1.1",
          "TRACE / HTTP/1.1",
          "PRI * HTTP/2.0",
          "DELETE /metrics HTTP/1.1",
          "POST /-/reload HTTP/1.1",
          "XYZZY /metrics HTTP/1.1",
          "PUT /metrics HTTP/1.1",
          "GET ftp://x/ HTTP/1.1",
          "GET http:/// HTTP/1.1",
          "GET http://[::1/ HTTP/1.1",
          "GET /" + LONG + " HTTP/1.1",
          "GET /" + LONG + LONG + " HTTP/1.1",
          LONG + " / HTTP/1.1",
          "GET /\u00e4 HTTP/1.1"
        }) {
      put(all, line + "\r\nHost: 127.0.0.1\r\n\r\n");
    }
  }

  private static void headers(Map<String, byte[]> all) {
    for (String header :
        new String[] {
          "X: " + LONG + LONG,
          LONG + LONG + ": x",
          "X",
          ": x",
          " X: y",
          "X : y",
          "X\0: y",
          "X: \0",
          "X: a\rb",
          "\u00e4: \u00e4",
          "X: y\nZ",
          "Expect: 100-continue",
          "Expect: everything",
          "Connection: upgrade\r\nUpgrade: h2c",
          "Upgrade: websocket",
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: %%%",
          "Authorization: Basic %%%",
          "Authorization: Basic eDp5",
          "Authorization: \0",
          "Accept: ;;;q=x,",
          "Accept-Encoding: gzip;q=zz",
          "Transfer-Encoding: gzip",
          "Cookie: a=\"",
          "Range: bytes=x",
          "Content-Type: \0",
          "Sec-Fetch-Site: \0"
        }) {
      put(all, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + "\r\n\r\n");
      put(all, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header); // then disconnects
    }
  }

  private static void bodies(Map<String, byte[]> all) {
    for (String body :
        new String[] {
          "Content-Length: x\r\n\r\n",
          "Content-Length: -1\r\n\r\n",
          "Content-Length: 9\r\n\r\nab",
          "Content-Length: 99999999999999999999\r\n\r\n",
          "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
          "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
          "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
          "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\n0\r\n" + LONG + LONG + "\r\n\r\n",
          "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"
        }) {
      put(all, "POST /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n" + body);
      put(all, "POST /-/reload HTTP/1.1\r\nHost: 127.0.0.1\r\n" + body);
    }
  }

  /** Requests over HTTP/2, once it has been negotiated. */
  static Map<String, byte[]> http2() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    put(all, "no preface at all");
    put(all, HTTP2.substring(0, 10));
    put(all, HTTP2 + "\0\0\5\0\0\0\0\0\1hello"); // DATA before SETTINGS
    for (String frames :
        new String[] {
          "\0\0\1\4\0\0\0\0\0x", // SETTINGS of a wrong size
          "\0\0\6\4\0\0\0\0\0\0\4\u00ff\u00ff\u00ff\u00ff", // a window too large
          "\u00ff\u00ff\u00ff\0\0\0\0\0\1", // a frame too large
          "\0\0\4\1\5\0\0\0\1\u00ff\u00ff\u00ff\u00ff", // HEADERS that are not HPACK
          "\0\0\0\1\5\0\0\0\2", // a server's stream
          "\0\0\0\1\5\0\0\0\0", // HEADERS of no stream
          "\0\0\0\0\1\0\0\0\7", // DATA of an idle stream
          "\0\0\4\10\0\0\0\0\0\0\0\0\0", // WINDOW_UPDATE by 0
          "\0\0\0\11\4\0\0\0\1", // CONTINUATION of nothing
          "\0\0\4\5\4\0\0\0\1\0\0\0\2", // PUSH_PROMISE by a client
          "\0\0\3\6\0\0\0\0\0abc", // PING of a wrong size
          "\0\0\4\3\0\0\0\0\1\0\0\0\0", // RST_STREAM of an idle stream
          "\0\0\10\7\0\0\0\0\0\0\0\0\0\0\0\0\1", // GOAWAY
          "\0\0\5\2\0\0\0\0\1\0\0\0\1\0", // PRIORITY of itself
          "\0\0\1\u00ee\u00ff\0\0\0\1x", // of an unknown type
          headers(), // no pseudo-headers
          request("a b@" + LONG.substring(0, 100), "/metrics"),
          request("evil.example", "/metrics"),
          request("", "/metrics"),
          request("127.0.0.1", ""),
          request("127.0.0.1", "x"),
          request("127.0.0.1", "/%zz"),
          request("127.0.0.1", "/\0"),
          headers(":method", "GET", ":scheme", "ftp", ":path", "/", ":authority", "127.0.0.1"),
          headers(":method", "CONNECT", ":authority", "evil.example:443"),
          headers(":method", "G T", ":scheme", "https", ":path", "/", ":authority", "127.0.0.1"),
          headers(":nothing", "x"),
          headers("Upper", "x"),
          request("127.0.0.1", "/metrics") + "\0\0\4\3\0\0\0\0\1\0\0\0\10", // then cancels it
        }) {
      put(all, HTTP2 + NO_SETTINGS + frames);
    }
    random(all, HTTP2);
    random(all, HTTP2 + NO_SETTINGS);
    return all;
  }

  private static String request(String authority, String path) {
    return headers(":method", "GET", ":scheme", "https", ":path", path, ":authority", authority);
  }

  /** Returns a HEADERS frame that ends stream 1, with all fields as literals. */
  private static String headers(String... fields) {
    StringBuilder block = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      block.append('\0').append(lengthPrefixed(fields[i])).append(lengthPrefixed(fields[i + 1]));
    }
    return "\0\0" + (char) block.length() + "\1\5\0\0\0\1" + block;
  }

  private static String lengthPrefixed(String text) {
    return (char) text.length() + text;
  }

  /** Bytes sent to a TLS port instead of a handshake. */
  static Map<String, byte[]> inPlaceOfTls() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    put(all, "");
    put(all, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    put(all, HTTP2);
    put(all, "\26\3\1\0\5\1\0\0\1\0"); // a ClientHello cut short
    put(all, "\26\3\1\u00ff\u00ff\1"); // a record too large
    put(all, "\26\3\1\0\4\1\0\0\0"); // an empty ClientHello
    put(all, "\25\3\3\0\2\2\50"); // an alert
    put(all, "\27\3\3\0\1x"); // data
    put(all, "\u0080\56\1\3\1"); // SSL 2
    random(all, "\26\3\1\0\100\1\0\0\74\3\3");
    random(all, "");
    return all;
  }

  /** Adds random requests, the same in each run. */
  private static void random(Map<String, byte[]> all, String start) {
    Random random = new Random(start.length());
    for (int i = 0; i < RANDOM; i++) {
      byte[] rest = new byte[random.nextInt(200)];
      random.nextBytes(rest);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(start.getBytes(ISO_8859_1));
      bytes.writeBytes(rest);
      all.put("random " + i + " after " + start.strip(), bytes.toByteArray());
    }
  }

  private static void put(Map<String, byte[]> all, String bytes) {
    all.put(bytes, bytes.getBytes(ISO_8859_1));
  }
}
