package io.okxexporter.web;

import io.okxexporter.web.connector.FailureLog;
import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;

/** A page whose failures send one line to the client and are logged once. */
final class GuardedPage implements Page {
  private final String name;
  private final Page page;
  private final FailureLog failureLog;

  /**
   * @param nanoTime monotonic time in nanoseconds
   */
  GuardedPage(String name, Page page, LongSupplier nanoTime) {
    this.name = name;
    this.page = page;
    failureLog = new FailureLog(name, nanoTime);
  }

  @Override
  public Set<String> methods() {
    return page.methods();
  }

  @Override
  public PageResponse answer(Request request) {
    try {
      PageResponse response = page.answer(request);
      failureLog.recovered();
      return response;
    } catch (IOException | RuntimeException | Error e) {
      failureLog.failed(e);
      return PageResponse.text(500, name + " failed");
    }
  }
}
