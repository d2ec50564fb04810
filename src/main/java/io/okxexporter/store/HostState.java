package io.okxexporter.store;

import io.okxexporter.model.Maintenance;
import io.okxexporter.store.View.HostView;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one host of OKX; immutable. The components are those of {@link HostView}. */
record HostState(URI host, @Nullable Duration skew, List<Maintenance> maintenance) {
  static HostState unknown(URI host) {
    return new HostState(host, null, List.of());
  }

  HostState measured(@Nullable Duration skew) {
    return new HostState(host, skew, maintenance);
  }

  HostState announced(List<Maintenance> maintenance) {
    return new HostState(host, skew, List.copyOf(maintenance));
  }

  HostView view() {
    return new HostView(host, skew, maintenance);
  }
}
