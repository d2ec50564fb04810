package io.okxexporter.web;

import io.okxexporter.web.connector.FailureLog;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;

/** A page whose failures send one line to the client and are logged once. */
final class GuardedPage implements Page {
  private final String name;
  private final PageContent content;
  private final FailureLog failureLog;

  /**
   * @param nanoTime monotonic time in nanoseconds
   */
  GuardedPage(String name, PageContent content, LongSupplier nanoTime) {
    this.name = name;
    this.content = content;
    failureLog = new FailureLog(name, nanoTime);
  }

  @Override
  public void answer(Request request, Consumer<PageResponse> done) {
    done.accept(response(request));
  }

  private PageResponse response(Request request) {
    try {
      PageResponse response = content.answer(request);
      failureLog.recovered();
      return response;
    } catch (IOException | RuntimeException | Error e) {
      failureLog.failed(e);
      return PageResponse.text(500, name + " failed");
    }
  }
}
