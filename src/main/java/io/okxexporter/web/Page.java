package io.okxexporter.web;

import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** What is served at one path. */
@FunctionalInterface
interface Page {
  /** The methods of a page that only shows something. */
  Set<String> READ_METHODS = Set.of("GET", "HEAD");

  /**
   * Responds to a request with one of its methods; for HEAD, only the headers are sent.
   *
   * @throws IOException if it cannot make a complete response
   */
  PageResponse answer(Request request) throws IOException;

  /** The allowed methods. */
  default Set<String> methods() {
    return READ_METHODS;
  }
}
