package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.SocketServer;
import io.okxexporter.model.Reason;
import io.okxexporter.store.UserView;
import io.okxexporter.store.View;
import io.okxexporter.store.View.Reloads;
import io.okxexporter.web.status.Views;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The landing page in a real browser. */
class LandingPageIT {
  private static final String OUTSIDE = "http://127.0.0.2:9/picture.png";

  @TempDir Path folder;

  @Test
  void a_browser_shows_it_without_a_complaint_and_loads_nothing_else() throws Exception {
    Chromium chromium = Chromium.in(folder);
    try (WebFixture web = new WebFixture()) {
      web.view.set(failing());
      URI page = URI.create("http://127.0.0.1:" + web.address().getPort() + "/");
      Chromium.Visit visit = chromium.open(page);
      assertThat(visit.console()).isEmpty();
      assertThat(visit.requested()).contains(page).allMatch(url -> isOf(page, url));
      assertThat(visit.dom()).contains("u500</th>", "need attention", "<h2>&lt;b&gt;x</h2>");
    }
  }

  @Test
  void the_configuration_opens_without_a_complaint() throws Exception {
    Chromium chromium = Chromium.in(folder);
    try (WebFixture web = new WebFixture()) {
      URI page = URI.create("http://127.0.0.1:" + web.address().getPort() + "/config");
      Chromium.Visit visit = chromium.open(page);
      assertThat(visit.console()).isEmpty();
      assertThat(visit.requested()).contains(page).allMatch(url -> isOf(page, url));
    }
  }

  /** Checks the test itself: it detects such pages. */
  @Test
  void a_page_that_breaks_its_policy_or_loads_from_elsewhere_is_noticed() throws Exception {
    Chromium chromium = Chromium.in(folder);
    String html = "<title>x</title><style>p{color:red}</style><p><img src='" + OUTSIDE + "'>";
    Chromium.Visit blocked = visit(chromium, html, "default-src 'none'");
    assertThat(blocked.console()).anyMatch(line -> line.contains("Content Security Policy"));
    assertThat(visit(chromium, html, null).requested()).contains(URI.create(OUTSIDE));
  }

  private static Chromium.Visit visit(Chromium chromium, String html, @Nullable String policy)
      throws IOException, InterruptedException {
    String response =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
            + (policy == null ? "" : "Content-Security-Policy: " + policy + "\r\n")
            + "Content-Length: "
            + html.length()
            + "\r\n\r\n"
            + html;
    try (SocketServer server = new SocketServer(SocketServer.answering(response))) {
      return chromium.open(server.url().resolve("/"));
    }
  }

  private static boolean isOf(URI page, URI url) {
    return page.getAuthority().equals(url.getAuthority());
  }

  /** Returns a view with all that the page can show at once. */
  private static View failing() {
    List<UserView> users = new ArrayList<>();
    users.add(Views.user("<b>x", Views.failing("USDT", Reason.AUTH, "50111")));
    users.add(
        Views.identified(
            Views.user("trading", Views.fresh("USDT")), false, Views.key(true, "trade")));
    IntStream.rangeClosed(1, 500)
        .mapToObj(i -> Views.user("u" + i, Views.fresh("USDT")))
        .forEach(users::add);
    users.add(Views.user("stale", Views.stale("BTC", null)));
    return Views.view(
        users,
        List.of(Views.host("https://eea.okx.com", Duration.ofSeconds(45))),
        new Reloads(false, Views.AT));
  }
}
