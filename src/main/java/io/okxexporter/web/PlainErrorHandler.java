package io.okxexporter.web;

import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Responds in one line to requests that Jetty itself rejects (malformed, or with too long headers),
 * since its own error page shows the exception.
 */
final class PlainErrorHandler implements Request.Handler {
  private final Supplier<Map<String, String>> headers;

  /**
   * @param headers those of every response
   */
  PlainErrorHandler(Supplier<Map<String, String>> headers) {
    this.headers = headers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    headers.get().forEach(response.getHeaders()::put);
    int status = response.getStatus();
    PageHandler.send(PageResponse.text(status, HttpStatus.getMessage(status)), response, callback);
    return true;
  }
}
