package io.okxexporter.web;

import java.io.IOException;
import org.eclipse.jetty.http.HttpFields;

/** What is behind one path. */
@FunctionalInterface
interface Page {
  /**
   * Answers a GET.
   *
   * @param request headers of the request
   * @throws IOException if there is no whole answer
   */
  Answer answer(HttpFields request) throws IOException;
}
