package io.okxexporter.web;

import java.io.IOException;
import org.eclipse.jetty.server.Request;

/** The content of a page that shows the current state. */
@FunctionalInterface
interface PageContent {
  /**
   * Renders the page.
   *
   * @throws IOException if it cannot make a complete response
   */
  PageResponse answer(Request request) throws IOException;
}
