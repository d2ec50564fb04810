package io.okxexporter.web;

import io.okxexporter.web.connector.RequestDeadline;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The reload page, if enabled; its texts and statuses are those of Prometheus. */
final class ReloadPage implements Page {
  /** Browsers send {@code none} for requests that users make themselves. */
  private static final Set<String> ALLOWED_SITES = Set.of("same-origin", "none");

  private final @Nullable ReloadAction reload;

  /**
   * @param reload null if the lifecycle API is not enabled
   */
  ReloadPage(@Nullable ReloadAction reload) {
    this.reload = reload;
  }

  @Override
  public Set<String> methods() {
    return Set.of("POST", "PUT");
  }

  @Override
  public void answer(Request request, Consumer<PageResponse> done) {
    if (reload == null) {
      done.accept(PageResponse.text(403, "Lifecycle API is not enabled."));
    } else if (isCrossOrigin(request)) {
      done.accept(PageResponse.text(403, "Web pages of other origins may not reload."));
    } else {
      RequestDeadline deadline = RequestDeadline.of(request);
      deadline.pause();
      reload.reload(
          problems -> {
            deadline.resume();
            done.accept(outcome(problems));
          });
    }
  }

  /**
   * Returns whether a browser sends the request for a page of another origin. Only old browsers
   * omit {@code Sec-Fetch-Site}; other clients send neither header.
   */
  private static boolean isCrossOrigin(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return !ALLOWED_SITES.contains(site);
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String ownAuthority = request.getHttpURI().getAuthority();
    return origin != null
        && !origin.replaceFirst("(?i)^https?://", "").equalsIgnoreCase(ownAuthority);
  }

  private static PageResponse outcome(List<String> problems) {
    return problems.isEmpty()
        ? PageResponse.text(200, "reloaded")
        : PageResponse.text(
            500, "failed to reload the configuration:\n" + String.join("\n", problems));
  }
}
