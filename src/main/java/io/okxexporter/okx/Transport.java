package io.okxexporter.okx;

import io.okxexporter.model.ConnectFault;
import io.okxexporter.model.HttpProxy;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and reports their outcome: over OkHttp, or to the simulated exchange in memory.
 */
public interface Transport {
  /**
   * Sends the request once, without resending it, and calls back exactly once, on any thread,
   * within a bounded time.
   */
  Cancellation send(Request request, Consumer<Reply> done);

  /**
   * Trusts these authorities, besides those of Java, from the next connection on.
   *
   * @throws IOException if Java's own trust store cannot be read; nothing changes then
   */
  default void trust(List<X509Certificate> authorities) throws IOException {}

  /** Cancels a request in flight. */
  @FunctionalInterface
  interface Cancellation {
    /** Closes the request's connection, so that nothing more of it is sent. */
    void cancel();
  }

  /**
   * A GET request.
   *
   * @param baseUrl scheme, host and port
   * @param target path and query, byte for byte as sent
   * @param headers names and values
   * @param proxy HTTP proxy to use, null for none
   * @param timeout for the whole call if it is shorter than the transport's, else null
   * @param maxBodyBytes how much of the response's body is read
   * @param trace records how the connection is made, null for no record
   */
  record Request(
      URI baseUrl,
      String target,
      Map<String, String> headers,
      @Nullable HttpProxy proxy,
      @Nullable Duration timeout,
      int maxBodyBytes,
      @Nullable ConnectTrace trace) {
    /** Names the request without its headers, which hold secrets. */
    @Override
    public String toString() {
      return "GET " + baseUrl + target;
    }
  }

  /** The outcome of a request. */
  sealed interface Reply {}

  /**
   * An HTTP response, whatever its status.
   *
   * @param status HTTP status
   * @param retryAfter the {@code Retry-After} header; null if absent
   * @param contentEncoding the {@code Content-Encoding} header; null if absent
   * @param body the body as received, truncated at the request's limit
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, read once
  record Response(
      int status, @Nullable String retryAfter, @Nullable String contentEncoding, byte[] body)
      implements Reply {
    /** The status and the length, not the body, which holds balances. */
    @Override
    public String toString() {
      return "HTTP " + status + ", " + body.length + " bytes";
    }
  }

  /**
   * A request without a complete response.
   *
   * @param timedOut whether it timed out, as opposed to a failed connection
   * @param sent whether any part of the request may have been sent, and so may still arrive
   * @param detail what failed, for the log
   * @param connect why there was no connection; null if there was, or for another reason
   */
  record Fault(boolean timedOut, boolean sent, String detail, @Nullable ConnectFault connect)
      implements Reply {
    /** A fault that nothing more is known about. */
    public Fault(boolean timedOut, boolean sent, String detail) {
      this(timedOut, sent, detail, null);
    }
  }

  /** The timeouts for connecting and for the whole call. */
  record Timeouts(Duration connect, Duration call) {
    /** The timeouts of every request to OKX. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }
}
