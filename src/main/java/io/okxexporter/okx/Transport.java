package io.okxexporter.okx;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and brings back what came of it. OkHttp is one; the simulated exchange in memory
 * is another.
 */
public interface Transport {
  /**
   * Sends once, never again by itself, and calls back exactly once, on any thread, within a bounded
   * time.
   */
  Cancellation send(Request request, Consumer<Reply> done);

  /** A request under way that can be ended. */
  @FunctionalInterface
  interface Cancellation {
    /** Closes its connection; nothing of it is sent any more. */
    void cancel();
  }

  /**
   * A GET request.
   *
   * @param baseUrl scheme, host and port
   * @param target path and query, byte for byte as it goes over the wire
   * @param headers names and values
   * @param proxyUrl HTTP proxy to go through, null for none
   * @param timeout bound on the whole call where it is to be shorter than the transport's, else
   *     null
   * @param trace records how the connection is made, null for no record
   */
  record Request(
      URI baseUrl,
      String target,
      Map<String, String> headers,
      @Nullable URI proxyUrl,
      @Nullable Duration timeout,
      @Nullable ConnectTrace trace) {
    /** Names the request without its headers, which hold secrets. */
    @Override
    public String toString() {
      return "GET " + baseUrl + target;
    }
  }

  /** What came of a request. */
  sealed interface Reply {}

  /**
   * An HTTP response, whatever its status.
   *
   * @param status HTTP status
   * @param retryAfter the header {@code Retry-After}; null where it was not sent
   * @param body the body as it came, at most as long as the transport allows
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, read once
  record Response(int status, @Nullable String retryAfter, byte[] body) implements Reply {
    /** The status and the length, not the body, which holds balances. */
    @Override
    public String toString() {
      return "HTTP " + status + ", " + body.length + " bytes";
    }
  }

  /**
   * No whole response.
   *
   * @param timedOut whether time ran out, as opposed to a connection that failed
   * @param sent whether any of the request may have left, and so may still arrive
   * @param detail what failed, for the log
   */
  record Fault(boolean timedOut, boolean sent, String detail) implements Reply {}

  /** How long a request may take to connect, and as a whole. */
  record Timeouts(Duration connect, Duration call) {
    /** Those of every request to OKX. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }
}
