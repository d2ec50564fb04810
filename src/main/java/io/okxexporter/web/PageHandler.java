package io.okxexporter.web;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the page of a request and sends its response. Never waits for the client. */
final class PageHandler extends Handler.Abstract {
  private static final Page NOT_FOUND =
      (request, done) -> done.accept(PageResponse.text(404, "no such page; the landing page is /"));

  private final Map<String, Page> pages;

  /**
   * @param pages by path
   */
  PageHandler(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Page page = pages.getOrDefault(path(request), NOT_FOUND);
    if (page.methods().contains(request.getMethod())) {
      page.answer(request, answer -> send(answer, response, callback));
    } else {
      send(notAllowed(page.methods()), response, callback);
    }
    return true;
  }

  /**
   * Returns the path as the client wrote it. Another spelling of a page is none: a proxy that
   * admits some paths only may read it as another path.
   */
  static String path(Request request) {
    return Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
  }

  private static PageResponse notAllowed(Set<String> methods) {
    String allowed = methods.stream().sorted().collect(Collectors.joining(" and "));
    return PageResponse.text(405, "only " + allowed + " are allowed")
        .with("Allow", allowed.replace(" and ", ", "));
  }

  /** Sends a response; for HEAD, Jetty sends only the headers. */
  static void send(PageResponse page, Response response, Callback callback) {
    response.setStatus(page.status());
    HttpFields.Mutable headers = response.getHeaders();
    page.headers().forEach(field -> set(headers, field));
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CONTENT_LENGTH, page.body().length);
    response.write(true, ByteBuffer.wrap(page.body()), callback);
  }

  /** Adds a page's own policy to a configured one; browsers enforce both. */
  private static void set(HttpFields.Mutable headers, HttpField field) {
    if (field.is("Content-Security-Policy")) {
      headers.add(field);
    } else {
      headers.put(field);
    }
  }
}
