package io.okxexporter.web;

import io.okxexporter.web.ScrapesInProgress.Answering;
import io.okxexporter.web.connector.DeadlineEndPoint;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the page of a request and sends its answer. Never waits for the client. */
final class PageHandler extends Handler.Abstract {
  private static final Page NOWHERE =
      request -> PageResponse.text(404, "no such page; the start page is /");

  private final Map<String, Page> pages;
  private final String limitedPath;
  private final ScrapesInProgress inProgress;

  /**
   * @param pages by path
   * @param limitedPath the path of which only so many requests may be in progress
   * @param inProgress how many
   */
  PageHandler(Map<String, Page> pages, String limitedPath, ScrapesInProgress inProgress) {
    this.pages = Map.copyOf(pages);
    this.limitedPath = limitedPath;
    this.inProgress = inProgress;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (path.equals(limitedPath)) {
      Answering answering =
          inProgress.enter(
              WebConfigHandler.network(request), () -> DeadlineEndPoint.of(request).close());
      if (answering == null) {
        send(inProgress.refusal(), response, callback);
      } else {
        sendCounted(answering, request, response, callback);
      }
    } else {
      send(answer(request, path), response, callback);
    }
    return true;
  }

  private void sendCounted(
      Answering answering, Request request, Response response, Callback callback) throws Exception {
    Callback counted = Callback.from(callback, answering::leave);
    try {
      PageResponse answer = answer(request, limitedPath);
      answering.ready();
      send(answer, response, counted);
    } catch (Exception | Error e) {
      answering.leave();
      throw e;
    }
  }

  private PageResponse answer(Request request, String path) throws Exception {
    Page page = pages.getOrDefault(path, NOWHERE);
    return page.methods().contains(request.getMethod())
        ? page.answer(request)
        : notAllowed(page.methods());
  }

  private static PageResponse notAllowed(Set<String> methods) {
    String only = methods.stream().sorted().collect(Collectors.joining(" and "));
    return PageResponse.text(405, "only " + only + " are allowed")
        .with("Allow", only.replace(" and ", ", "));
  }

  /** For HEAD too: Jetty then sends the headers alone. */
  static void send(PageResponse answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    answer.headers().forEach(field -> set(headers, field));
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  /** A page's own policy stands beside a configured one: a browser then holds both. */
  private static void set(HttpFields.Mutable headers, HttpField field) {
    if (field.is("Content-Security-Policy")) {
      headers.add(field);
    } else {
      headers.put(field);
    }
  }
}
