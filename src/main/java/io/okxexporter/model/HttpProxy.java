package io.okxexporter.model;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on the way to OKX.
 *
 * @param url {@code http://host:port}
 * @param login what the proxy requires, null for nothing
 */
public record HttpProxy(URI url, @Nullable Login login) {
  /** A user and a password, sent by the scheme Basic. */
  public record Login(String user, Secret password) {}
}
