package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/** Fuzzes requests: each gets a response, and never a 500. */
public final class RequestFuzz {
  private static final Page SCRAPE =
      new GuardedPage(
          "scrape",
          new ScrapePage((scrape, out) -> out.write(scrape.names().test("okx_up") ? 'y' : 'n')),
          System::nanoTime);

  private RequestFuzz() {}

  /** Called by Jazzer, and by the build with the stored inputs. */
  public static void fuzzerTestOneInput(byte[] request) throws Exception {
    Server server = new Server();
    LocalConnector connector = new LocalConnector(server);
    server.addConnector(connector);
    server.setErrorHandler(new PlainErrorHandler(() -> Map.of()));
    server.setHandler(
        new PageHandler(
            Map.of(
                "/metrics", new LimitedPage(SCRAPE, new ScrapesInProgress(0, System::nanoTime)))));
    server.start();
    try {
      check(connector, request);
      check(connector, scrape("Accept: ", request));
      check(connector, scrape("Accept-Encoding: ", request));
    } finally {
      server.stop();
    }
  }

  private static byte[] scrape(String header, byte[] value) {
    return ("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + header
            + new String(value, ISO_8859_1)
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  private static void check(LocalConnector connector, byte[] request) throws Exception {
    try (LocalConnector.LocalEndPoint client = connector.connect()) {
      client.addInputAndExecute(ByteBuffer.wrap(request));
      client.addInputEOF();
      client.waitUntilClosed();
      String response = new String(client.takeOutput().array(), ISO_8859_1);
      if (response.startsWith("HTTP/1.1 500")) {
        throw new AssertionError(response);
      }
    }
  }
}
