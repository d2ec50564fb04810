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

/** The metrics, rendered in full before the first byte is sent: clients get all or an error. */
final class ScrapePage implements PageContent {
  private final MetricsRenderer renderer;

  ScrapePage(MetricsRenderer renderer) {
    this.renderer = renderer;
  }

  @Override
  public PageResponse answer(Request request) throws IOException {
    Optional<Predicate<String>> names = names(request);
    return names.isEmpty()
        ? PageResponse.text(400, "the query is malformed")
        : render(request.getHeaders(), names.get());
  }

  private static Optional<Predicate<String>> names(Request request) {
    try {
      return Optional.of(
          NameFilter.of(Request.extractQueryParameters(request).getValues("name[]")));
    } catch (HttpException.RuntimeException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private PageResponse render(HttpFields headers, Predicate<String> names) throws IOException {
    List<String> accept = headers.getValuesList(HttpHeader.ACCEPT);
    ExpositionFormat format = Negotiation.format(accept);
    Optional<NameEscaping> escaping = Negotiation.escaping(accept, format);
    boolean gzip = Negotiation.gzip(headers.getValuesList(HttpHeader.ACCEPT_ENCODING));
    ScrapeRequest scrape =
        new ScrapeRequest(format, escaping.orElse(NameEscaping.UNDERSCORES), names);
    PageResponse response =
        PageResponse.of(
                200, format.contentType(escaping), gzip ? compressed(scrape) : plain(scrape))
            .with("Vary", "Accept, Accept-Encoding");
    return gzip ? response.with("Content-Encoding", "gzip") : response;
  }

  private byte[] plain(ScrapeRequest scrape) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    renderer.write(scrape, body);
    return body.toByteArray();
  }

  private byte[] compressed(ScrapeRequest scrape) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (OutputStream gzip = new FastGzip(body)) {
      renderer.write(scrape, gzip);
    }
    return body.toByteArray();
  }

  /** Compresses at the lowest level: metrics shrink almost as much, for a fraction of the CPU. */
  private static final class FastGzip extends GZIPOutputStream {
    private static final int BUFFER_BYTES = 8192;

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * The metric families selected by a scrape's parameters {@code name[]}. OpenMetrics names a
   * counter's family without {@code _total}, and the text format with it; both select it.
   */
  private record NameFilter(Set<String> wanted) implements Predicate<String> {
    /** Selects all families if none is named. */
    static Predicate<String> of(@Nullable Collection<String> names) {
      return names == null || names.isEmpty() ? any -> true : new NameFilter(Set.copyOf(names));
    }

    @Override
    public boolean test(String family) {
      return wanted.contains(family)
          || matchesOtherForm(family, "_total")
          || matchesOtherForm(family, "_info");
    }

    private boolean matchesOtherForm(String family, String suffix) {
      return family.endsWith(suffix)
          ? wanted.contains(family.substring(0, family.length() - suffix.length()))
          : wanted.contains(family + suffix);
    }
  }
}
