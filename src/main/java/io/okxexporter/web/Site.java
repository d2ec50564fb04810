package io.okxexporter.web;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the page of a request and sends its answer. Never waits for the client. */
final class Site extends Handler.Abstract {
  private static final Set<String> METHODS =
      Set.of(HttpMethod.GET.asString(), HttpMethod.HEAD.asString());

  private final Map<String, Page> pages;

  /**
   * @param pages by path
   */
  Site(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    send(answer(request), response, callback);
    return true;
  }

  private Answer answer(Request request) throws Exception {
    if (!METHODS.contains(request.getMethod())) {
      return Answer.text(405, "only GET and HEAD are allowed").with("Allow", "GET, HEAD");
    }
    Page page = pages.get(Request.getPathInContext(request));
    return page == null
        ? Answer.text(404, "there is no such page; the start page is /")
        : page.answer(request.getHeaders());
  }

  /** For HEAD too: Jetty then sends the headers alone. */
  static void send(Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    answer.headers().forEach(headers::put);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }
}
