package io.okxexporter.web;

import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;

/** What is served at one path. */
@FunctionalInterface
interface Page {
  /** The methods of a page that only shows something. */
  Set<String> READ_METHODS = Set.of("GET", "HEAD");

  /**
   * Responds once to a request with one of its methods, now or later, on any thread; for HEAD, only
   * the headers are sent.
   */
  void answer(Request request, Consumer<PageResponse> done);

  /** The allowed methods. */
  default Set<String> methods() {
    return READ_METHODS;
  }
}
