package io.okxexporter.web;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reloads at the word of an operator, if that was enabled; in Prometheus's words and statuses. */
final class ReloadPage implements Page {
  /** None is what a browser says of its user. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final @Nullable ReloadAction reload;

  /**
   * @param reload null where the lifecycle API is not enabled
   */
  ReloadPage(@Nullable ReloadAction reload) {
    this.reload = reload;
  }

  @Override
  public Set<String> methods() {
    return Set.of("POST", "PUT");
  }

  @Override
  public PageResponse answer(Request request) {
    if (reload == null) {
      return PageResponse.text(403, "Lifecycle API is not enabled.");
    }
    return isOfAnotherOrigin(request)
        ? PageResponse.text(403, "Web pages of other origins may not reload.")
        : outcome(reload.reload());
  }

  /**
   * Whether a browser sends it for a page that is not ours. Only old ones leave out {@code
   * Sec-Fetch-Site}; what is no browser sends neither header.
   */
  private static boolean isOfAnotherOrigin(Request request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return !OWN_SITES.contains(site);
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String own = request.getHttpURI().getAuthority();
    return origin != null && !origin.replaceFirst("(?i)^https?://", "").equalsIgnoreCase(own);
  }

  private static PageResponse outcome(List<String> problems) {
    return problems.isEmpty()
        ? PageResponse.text(200, "reloaded")
        : PageResponse.text(
            500, "failed to reload the configuration:\n" + String.join("\n", problems));
  }
}
