package io.okxexporter.okx;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an answer that was there before it was asked for. OkHttp would take whatever follows an
 * answer on a kept connection for the answer to the next request, which is about another unit, or
 * even another user: neither is named in an answer. An answer in time takes at least one read from
 * the network after its request. A connection over TLS is not looked at before its first request,
 * when the rest of the server's handshake may be there.
 */
final class AnswerGuard extends SocketFactory {
  private static final String UNASKED =
      "something was there before it was asked for: an answer or, over TLS, a goodbye";

  /** How often each thread has read from a socket of this factory; a call reads on its own. */
  private final ThreadLocal<Long> reads = ThreadLocal.withInitial(() -> 0L);

  private final Map<Ends, GuardedSocket> connected = new ConcurrentHashMap<>();

  /**
   * Both ends of a connection: over TLS, OkHttp shows the socket around ours, which shares them.
   */
  private record Ends(SocketAddress local, SocketAddress remote) {
    static Ends of(Socket socket) {
      return new Ends(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }
  }

  /** A network interceptor, called once the connection stands. */
  Response intercept(Interceptor.Chain chain) throws IOException {
    if (holdsSomething(Objects.requireNonNull(chain.connection()))) {
      throw new IOException(UNASKED);
    }
    long before = reads.get();
    Response response = chain.proceed(chain.request());
    if (reads.get() == before) {
      throw new IOException(UNASKED);
    }
    return response;
  }

  /** Looks at what came from the network: TLS counts nothing that it has not deciphered yet. */
  private boolean holdsSomething(Connection connection) throws IOException {
    GuardedSocket socket = connected.get(Ends.of(connection.socket()));
    if (socket == null) {
      throw new SocketException("the connection is closed");
    }
    // A server's handshake may go on behind our part of it.
    boolean greeted = connection.handshake() != null && !socket.used;
    socket.used = true;
    return !greeted && socket.getInputStream().available() > 0;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket();
  }

  private final class GuardedSocket extends Socket {
    /** Whether a request was sent over it; by one call at a time. */
    private volatile boolean used;

    private volatile @Nullable Ends ends;

    @Override
    public void connect(SocketAddress remote, int timeout) throws IOException {
      super.connect(remote, timeout);
      Ends known = Ends.of(this);
      ends = known;
      connected.put(known, this);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return counted(super.getInputStream());
    }

    @Override
    public synchronized void close() throws IOException {
      Ends known = ends;
      if (known != null) {
        connected.remove(known, this);
      }
      super.close();
    }
  }

  private InputStream counted(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        reads.set(reads.get() + 1);
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        reads.set(reads.get() + 1);
        return super.read(bytes, offset, length);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int localPort) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort) {
    throw connected();
  }

  /** OkHttp connects by itself. */
  private static UnsupportedOperationException connected() {
    return new UnsupportedOperationException("only sockets that are not connected");
  }
}
