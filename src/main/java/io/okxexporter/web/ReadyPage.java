package io.okxexporter.web;

import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/** The readiness page: ready for good once every user has had its first attempt. */
final class ReadyPage implements PageContent {
  private final Supplier<View> view;
  private volatile boolean ready;

  ReadyPage(Supplier<View> view) {
    this.view = view;
  }

  @Override
  public PageResponse answer(Request request) {
    return ready ? readyResponse() : decide(view.get());
  }

  private PageResponse decide(View now) {
    ready |= now.allAttempted();
    return ready ? readyResponse() : notReadyResponse(now);
  }

  private static PageResponse readyResponse() {
    return PageResponse.text(200, "okx-exporter is ready");
  }

  private static PageResponse notReadyResponse(View now) {
    long attempted = now.users().stream().filter(UserView::attempted).count();
    int all = now.users().size();
    return PageResponse.text(
        503, (all - attempted) + " of " + all + " users have not been polled yet");
  }
}
