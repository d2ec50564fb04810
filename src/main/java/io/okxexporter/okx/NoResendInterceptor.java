package io.okxexporter.okx;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Limits one call to one HTTP exchange. Whatever its settings, OkHttp resends a request on 503 with
 * {@code Retry-After: 0}, on 408 and on 421; a second request within the gap would break OKX's rate
 * limit.
 */
final class NoResendInterceptor {
  private static final int SWITCHING_PROTOCOLS = 101;

  private volatile boolean sent;
  private volatile int status;
  private volatile boolean over;
  private @Nullable Call call;
  private boolean cancelled;

  /** Whether any part of the request may have been sent. */
  boolean sent() {
    return sent;
  }

  /** The HTTP status received. */
  int status() {
    return status;
  }

  /** Sets the call, before it is executed. */
  synchronized void attach(Call newCall) {
    call = newCall;
    if (cancelled) {
      newCall.cancel();
    }
  }

  /** Closes the call's connection, or prevents it from being opened. */
  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }

  /** The call's thread has returned. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /**
   * A network interceptor, called once the connection is established. It hides the status, so that
   * OkHttp has no reason to resend, and rejects any second exchange.
   */
  static okhttp3.Response intercept(Interceptor.Chain chain) throws IOException {
    NoResendInterceptor exchange =
        Objects.requireNonNull(chain.request().tag(NoResendInterceptor.class));
    if (exchange.sent) {
      throw new IOException("a second request of one call was blocked");
    }
    // Makes a close discard undelivered data. Otherwise the kernel may deliver an abandoned request
    // seconds later, at the same time as the next one.
    Socket socket = Objects.requireNonNull(chain.connection()).socket();
    socket.setSoLinger(true, 0);
    exchange.sent = true;
    okhttp3.Response response = chain.proceed(chain.request());
    if (response.code() == SWITCHING_PROTOCOLS) {
      // OkHttp would send the next request over a connection that no longer speaks HTTP.
      socket.close();
      throw new ProtocolException("unexpected HTTP 101");
    }
    exchange.status = response.code();
    return response.newBuilder().code(200).build();
  }
}
