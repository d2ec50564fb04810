package io.okxexporter.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The metrics, rendered as a whole before the first byte goes out: all of it or an error. */
final class ScrapePage implements Page {
  private final Scrape scrape;

  ScrapePage(Scrape scrape) {
    this.scrape = scrape;
  }

  @Override
  public Answer answer(HttpFields request) throws IOException {
    Format format = Negotiation.format(request.getValuesList(HttpHeader.ACCEPT));
    boolean gzip = Negotiation.gzip(request.getValuesList(HttpHeader.ACCEPT_ENCODING));
    Answer answer =
        Answer.of(200, format.contentType(), gzip ? compressed(format) : plain(format))
            .with("Vary", "Accept, Accept-Encoding");
    return gzip ? answer.with("Content-Encoding", "gzip") : answer;
  }

  private byte[] plain(Format format) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    scrape.write(format, body);
    return body.toByteArray();
  }

  private byte[] compressed(Format format) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (OutputStream gzip = new FastGzip(body)) {
      scrape.write(format, gzip);
    }
    return body.toByteArray();
  }

  /** The lowest level: metrics shrink to nearly as little, for a fraction of the CPU. */
  private static final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER_BYTES = 8192;

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
