package io.okxexporter.okx;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * One call, one exchange. OkHttp sends again by itself on 503 with {@code Retry-After: 0}, on 408
 * and on 421, whatever its settings; a second request within the gap would break OKX's limit.
 */
final class NoResendInterceptor {
  private static final int SWITCHING_PROTOCOLS = 101;

  private volatile boolean sent;
  private volatile int status;
  private volatile boolean over;
  private @Nullable Call call;
  private boolean cancelled;

  /** Whether any of the request may have left. */
  boolean sent() {
    return sent;
  }

  /** The HTTP status that came over the wire. */
  int status() {
    return status;
  }

  /** The call that is about to be made. */
  synchronized void of(Call made) {
    call = made;
    if (cancelled) {
      made.cancel();
    }
  }

  /** Closes its connection, or keeps it from being opened. */
  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }

  /** Its thread has returned. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /**
   * A network interceptor, called once the connection stands: keeps the status to itself, so that
   * OkHttp sees nothing to follow up, and refuses a second exchange all the same.
   */
  static okhttp3.Response intercept(Interceptor.Chain chain) throws IOException {
    NoResendInterceptor exchange =
        Objects.requireNonNull(chain.request().tag(NoResendInterceptor.class));
    if (exchange.sent) {
      throw new IOException("a second request of one call was blocked");
    }
    // A close then discards what was not delivered yet; otherwise the kernel may deliver a request
    // seconds after we gave it up, beside the next one.
    Socket socket = Objects.requireNonNull(chain.connection()).socket();
    socket.setSoLinger(true, 0);
    exchange.sent = true;
    okhttp3.Response response = chain.proceed(chain.request());
    if (response.code() == SWITCHING_PROTOCOLS) {
      // OkHttp would send the next request over what is no HTTP any more.
      socket.close();
      throw new ProtocolException("unexpected HTTP 101");
    }
    exchange.status = response.code();
    return response.newBuilder().code(200).build();
  }
}
