package io.okxexporter.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The metrics, rendered as a whole before the first byte goes out: all of it or an error. */
final class ScrapePage implements Page {
  private final MetricsRenderer scrape;

  ScrapePage(MetricsRenderer scrape) {
    this.scrape = scrape;
  }

  @Override
  public PageResponse answer(Request request) throws IOException {
    Optional<Predicate<String>> names = names(request);
    return names.isEmpty()
        ? PageResponse.text(400, "the query is malformed")
        : answer(request.getHeaders(), names.get());
  }

  private static Optional<Predicate<String>> names(Request request) {
    try {
      return Optional.of(
          NameFilter.of(Request.extractQueryParameters(request).getValues("name[]")));
    } catch (HttpException.RuntimeException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private PageResponse answer(HttpFields headers, Predicate<String> names) throws IOException {
    List<String> accept = headers.getValuesList(HttpHeader.ACCEPT);
    ExpositionFormat format = Negotiation.format(accept);
    Optional<NameEscaping> asked = Negotiation.escaping(accept, format);
    boolean gzip = Negotiation.gzip(headers.getValuesList(HttpHeader.ACCEPT_ENCODING));
    ScrapeRequest wanted = new ScrapeRequest(format, asked.orElse(NameEscaping.UNDERSCORES), names);
    PageResponse answer =
        PageResponse.of(200, format.contentType(asked), gzip ? compressed(wanted) : plain(wanted))
            .with("Vary", "Accept, Accept-Encoding");
    return gzip ? answer.with("Content-Encoding", "gzip") : answer;
  }

  private byte[] plain(ScrapeRequest wanted) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    scrape.write(wanted, body);
    return body.toByteArray();
  }

  private byte[] compressed(ScrapeRequest wanted) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (OutputStream gzip = new FastGzip(body)) {
      scrape.write(wanted, gzip);
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

  /**
   * The metric families that the parameters {@code name[]} of a scrape ask for. OpenMetrics names a
   * counter's family without {@code _total}, and the text format with it; either finds it.
   */
  private record NameFilter(Set<String> wanted) implements Predicate<String> {
    /** Everything where nothing is named. */
    static Predicate<String> of(@Nullable Collection<String> names) {
      return names == null || names.isEmpty() ? any -> true : new NameFilter(Set.copyOf(names));
    }

    @Override
    public boolean test(String family) {
      return wanted.contains(family) || other(family, "_total") || other(family, "_info");
    }

    private boolean other(String family, String suffix) {
      return family.endsWith(suffix)
          ? wanted.contains(family.substring(0, family.length() - suffix.length()))
          : wanted.contains(family + suffix);
    }
  }
}
