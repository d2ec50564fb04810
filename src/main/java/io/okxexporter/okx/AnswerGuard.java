package io.okxexporter.okx;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import javax.net.SocketFactory;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Refuses an answer that was there before it was asked for. OkHttp would take whatever follows an
 * answer on a kept connection for the answer to the next request, which is about another unit, or
 * even another user: neither is named in an answer. An answer in time takes at least one read from
 * the network after its request.
 */
final class AnswerGuard extends SocketFactory {
  private static final String UNASKED = "an answer was there before it was asked for";

  /** How often each thread has read from a socket of this factory; a call reads on its own. */
  private final ThreadLocal<Long> reads = ThreadLocal.withInitial(() -> 0L);

  /** A network interceptor, called once the connection stands. */
  Response intercept(Interceptor.Chain chain) throws IOException {
    Socket socket = Objects.requireNonNull(chain.connection()).socket();
    if (socket.getInputStream().available() > 0) {
      throw new IOException(UNASKED);
    }
    long before = reads.get();
    Response response = chain.proceed(chain.request());
    if (reads.get() == before) {
      throw new IOException(UNASKED);
    }
    return response;
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public InputStream getInputStream() throws IOException {
        return counted(super.getInputStream());
      }
    };
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
