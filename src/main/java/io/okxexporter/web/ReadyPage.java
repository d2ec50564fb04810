package io.okxexporter.web;

import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/** Ready once every user had its first attempt, and from then on. */
final class ReadyPage implements Page {
  private final Supplier<View> view;
  private volatile boolean ready;

  ReadyPage(Supplier<View> view) {
    this.view = view;
  }

  @Override
  public PageResponse answer(Request request) {
    return ready ? yes() : decide(view.get());
  }

  private PageResponse decide(View now) {
    ready |= now.everyoneWasAttempted();
    return ready ? yes() : notYet(now);
  }

  private static PageResponse yes() {
    return PageResponse.text(200, "okx-exporter is ready");
  }

  private static PageResponse notYet(View now) {
    long attempted = now.users().stream().filter(UserView::attempted).count();
    int all = now.users().size();
    return PageResponse.text(
        503, (all - attempted) + " of " + all + " users have not been polled yet");
  }
}
