package io.okxexporter.web;

import io.okxexporter.web.ScrapesInProgress.ActiveScrape;
import io.okxexporter.web.connector.DeadlineEndPoint;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;

/** A page that limits its requests in progress, each of which ends with its last byte. */
final class LimitedPage implements Page {
  private final Page page;
  private final ScrapesInProgress inProgress;

  LimitedPage(Page page, ScrapesInProgress inProgress) {
    this.page = page;
    this.inProgress = inProgress;
  }

  @Override
  public void answer(Request request, Consumer<PageResponse> done) {
    ActiveScrape scrape =
        inProgress.enter(
            WebConfigHandler.network(request), () -> DeadlineEndPoint.of(request).close());
    if (scrape == null) {
      done.accept(inProgress.refusal());
      return;
    }
    Request.addCompletionListener(request, failure -> scrape.leave());
    page.answer(
        request,
        response -> {
          scrape.rendered();
          done.accept(response);
        });
  }
}
