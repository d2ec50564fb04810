package io.okxexporter.web;

import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Says what Jetty itself objects to (a malformed request, headers that are too long) in one line:
 * its own error page shows the exception.
 */
final class PlainErrorHandler implements Request.Handler {
  private final Supplier<Map<String, String>> headers;

  /**
   * @param headers those of every answer
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
