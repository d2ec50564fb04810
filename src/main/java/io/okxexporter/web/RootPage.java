package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.store.View;
import io.okxexporter.web.status.LandingPage;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/** The page at {@code /}. */
final class RootPage implements PageContent {
  private final LandingPage page;
  private final Supplier<View> view;
  private final String policy;

  /**
   * @param view the current state, called for each request
   */
  RootPage(LandingPage page, Supplier<View> view) {
    this.page = page;
    this.view = view;
    policy = page.contentSecurityPolicy();
  }

  @Override
  public PageResponse answer(Request request) {
    byte[] body = page.html(view.get()).getBytes(UTF_8);
    return PageResponse.of(200, "text/html; charset=utf-8", body)
        .with("Content-Security-Policy", policy)
        .with("Referrer-Policy", "no-referrer");
  }
}
