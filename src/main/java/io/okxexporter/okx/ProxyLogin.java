package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.HttpProxy.Login;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Sends a proxy its user and password, in the request for a tunnel. What goes through the tunnel is
 * for OKX and never holds them.
 *
 * @param login the user and the password
 */
record ProxyLogin(Login login) implements Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  /** The authenticator of a proxy, if it requires a login. */
  static Authenticator of(@Nullable HttpProxy proxy) {
    return proxy == null || proxy.login() == null ? NONE : new ProxyLogin(proxy.login());
  }

  /** Adds the login to a request that is not encrypted, and so goes to the proxy itself. */
  static Headers added(@Nullable HttpProxy proxy, Headers headers) {
    return proxy == null || proxy.login() == null
        ? headers
        : headers.newBuilder().add(HEADER, basic(proxy.login())).build();
  }

  /** Called before the first attempt, and once more if the proxy rejects it; then gives up. */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    Request request = response.request();
    return request.header(HEADER) == null
        ? request.newBuilder().header(HEADER, basic(login)).build()
        : null;
  }

  private static String basic(Login login) {
    return Credentials.basic(login.user(), login.password().reveal(), UTF_8);
  }
}
