package io.okxexporter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * What a server does to a client, as steps of a verb, a space and the verb's argument, separated by
 * {@code " ; "}. In texts, {@code <x*9>} repeats x nine times, and \r \n \0 \xff \\ are bytes.
 *
 * <p>Connection steps come first: {@code refused}, {@code backlog} (full), {@code tls} with a
 * certificate, {@code kept} alive from the previous request, {@code accept} to act before a request
 * is read. Then it may {@code say} bytes, {@code drip} them slowly or send them {@code endless}ly,
 * {@code answer} with status, headers and body, with a {@code value}, in {@code gzip}, {@code
 * chunked}, with one of the {@code codes} or {@code good}. The last step may be {@code close},
 * {@code reset} or {@code stall}.
 */
public record FaultScript(List<String> steps) {
  private static final int DRIP_MILLIS = 20;
  private static final Pattern REPEATED = Pattern.compile("<([^<>]+|<)\\*(\\d+)>");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(x..|.)");

  /** What only the server itself can do. */
  interface Server {
    byte[] goodResponse(String head, boolean keepAlive);
  }

  public static FaultScript of(String text) {
    return new FaultScript(List.of(text.split(" ; ", -1)));
  }

  /** One script per code for {@code codes}; otherwise only this one. */
  List<FaultScript> each() {
    if (!steps.get(0).startsWith("codes ")) {
      return List.of(this);
    }
    return Arrays.stream(steps.get(0).substring(6).split(" ", -1))
        .map(code -> of("answer 200 | {\"code\":\"" + code + "\",\"msg\":\"what OKX says\"}"))
        .toList();
  }

  boolean does(String verb) {
    return steps.stream().anyMatch(step -> step.equals(verb) || step.startsWith(verb + " "));
  }

  /** The verb's argument; empty if there is none. */
  public String about(String verb) {
    return steps.stream()
        .filter(step -> step.startsWith(verb + " "))
        .map(step -> step.substring(verb.length() + 1))
        .findFirst()
        .orElse("");
  }

  /**
   * Plays the steps to the client that sent this request; consecutive texts are sent in one write.
   */
  void play(Socket socket, String head, Server server) throws IOException {
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    for (String step : steps) {
      int space = (step + " ").indexOf(' ');
      String verb = step.substring(0, space);
      String text = step.substring(Math.min(space + 1, step.length()));
      byte[] bytesOf = bytesOf(verb, text, head, server);
      pending.writeBytes(bytesOf);
      if (bytesOf.length == 0) {
        socket.getOutputStream().write(pending.toByteArray());
        pending.reset();
        act(verb, text, socket);
      }
    }
    if (pending.size() > 0) {
      socket.getOutputStream().write(pending.toByteArray());
    }
  }

  /** The bytes of a text step; empty for any other step. */
  private static byte[] bytesOf(String verb, String text, String head, Server server)
      throws IOException {
    return switch (verb) {
      case "say" -> bytes(text);
      case "answer" -> response(text);
      case "value" -> response("200 | {\"code\":\"0\",\"data\":[" + text + "],\"msg\":\"\"}");
      case "gzip" -> gzip(bytes(text));
      case "chunked" -> chunked(bytes(text));
      case "good" -> server.goodResponse(head, true);
      default -> new byte[0];
    };
  }

  private static void act(String verb, String text, Socket socket) throws IOException {
    switch (verb) {
      case "tls", "kept", "accept" -> {} // handled by the server
      case "drip" -> drip(socket, bytes(text));
      case "endless" -> endless(socket, bytes("<" + text + "*1000>"));
      case "close" -> socket.close();
      case "reset" -> {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case "stall" -> readToTheEnd(socket);
      default -> throw new IllegalArgumentException("no such step: " + verb);
    }
  }

  private static void drip(Socket socket, byte[] text) throws IOException {
    socket.setSoTimeout(DRIP_MILLIS);
    for (byte next : text) {
      socket.getOutputStream().write(next);
      try {
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (SocketTimeoutException stillThere) {
        // send the next byte
      }
    }
  }

  private static void endless(Socket socket, byte[] text) throws IOException {
    while (true) {
      socket.getOutputStream().write(text);
    }
  }

  private static void readToTheEnd(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // until the client gives up
    }
  }

  /** Builds a response from {@code status | header | ... | body}. */
  private static byte[] response(String text) {
    String[] parts = text.split(" \\| ", -1);
    byte[] body = bytes(parts[parts.length - 1]);
    StringBuilder head = new StringBuilder("HTTP/1.1 " + parts[0] + " Said\r\n");
    for (int i = 1; i < parts.length - 1; i++) {
      head.append(parts[i]).append("\r\n");
    }
    return joined(head + "Content-Length: " + body.length + "\r\n\r\n", body);
  }

  private static byte[] gzip(byte[] text) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(body)) {
      out.write(text);
    }
    String head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.size() + "\r\n\r\n";
    return joined(head, body.toByteArray());
  }

  private static byte[] chunked(byte[] text) {
    String chunks =
        new String(text, ISO_8859_1)
            .chars()
            .mapToObj(next -> "1\r\n" + (char) next + "\r\n")
            .collect(Collectors.joining());
    return joined(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", bytes(chunks + "0\r\n\r\n"));
  }

  private static byte[] joined(String head, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static byte[] bytes(String text) {
    String repeated =
        REPEATED
            .matcher(text)
            .replaceAll(
                match ->
                    java.util.regex.Matcher.quoteReplacement(
                        match.group(1).repeat(Integer.parseInt(match.group(2)))));
    return ESCAPED
        .matcher(repeated)
        .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(escaped(match)))
        .getBytes(ISO_8859_1);
  }

  private static String escaped(MatchResult match) {
    String escape = match.group(1);
    return switch (escape.charAt(0)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case '0' -> "\0";
      case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
      case '\\' -> "\\";
      default -> throw new UncheckedIOException(new IOException("no such escape: " + escape));
    };
  }
}
