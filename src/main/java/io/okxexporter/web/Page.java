package io.okxexporter.web;

import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** What is behind one path. */
@FunctionalInterface
interface Page {
  /** What any page is asked by that only shows something. */
  Set<String> READING = Set.of("GET", "HEAD");

  /**
   * Answers a request by one of its methods; to a HEAD, the answer's headers alone are sent.
   *
   * @throws IOException if there is no whole answer
   */
  PageResponse answer(Request request) throws IOException;

  /** The methods it answers. */
  default Set<String> methods() {
    return READING;
  }
}
