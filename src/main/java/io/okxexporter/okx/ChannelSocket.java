package io.okxexporter.okx;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket over an NIO channel. Unlike {@link InputStream#available()}, a channel shows without
 * blocking whether anything has arrived, including the end of the stream.
 */
final class ChannelSocket extends SocketImpl {
  /** While set, all reads of this thread are non-blocking, including those that TLS does for it. */
  private static final ThreadLocal<@Nullable TlsRecords> NON_BLOCKING = new ThreadLocal<>();

  private final SocketChannel channel;

  /**
   * Returns what has arrived on an idle socket: data, its end or a reset. Null if nothing has and a
   * request can be sent. Over TLS, session tickets and the like are consumed and do not count.
   *
   * @param socket one over a channel, or a TLS socket around it
   */
  static @Nullable IOException unexpectedInput(Socket socket) {
    TlsRecords read = new TlsRecords();
    NON_BLOCKING.set(read);
    try {
      boolean ended = socket.getInputStream().read() < 0;
      return ended
          ? new IOException("connection closed before the request")
          : new UnsolicitedDataException();
    } catch (NothingToRead e) {
      return read.isBetweenRecords() ? null : new UnsolicitedDataException();
    } catch (IOException e) {
      return e;
    } finally {
      NON_BLOCKING.remove();
    }
  }

  /** Data that belongs to no request. */
  static final class UnsolicitedDataException extends IOException {
    private static final long serialVersionUID = 1;

    UnsolicitedDataException() {
      super("data arrived before the request was sent");
    }
  }

  /** A timeout, after which TLS leaves the connection as it was. */
  private static final class NothingToRead extends SocketTimeoutException {
    private static final long serialVersionUID = 1;

    /** Omits the stack trace, which would cost more than the read before each request. */
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  private static final class Input extends FilterInputStream {
    private final SocketChannel channel;

    Input(SocketChannel channel) throws IOException {
      super(channel.socket().getInputStream());
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      TlsRecords records = NON_BLOCKING.get();
      try {
        return records == null
            ? super.read(bytes, offset, length)
            : readAvailable(ByteBuffer.wrap(bytes, offset, length), records);
      } catch (IOException e) {
        throw asSocketException(e);
      }
    }

    private int readAvailable(ByteBuffer bytes, TlsRecords records) throws IOException {
      channel.configureBlocking(false);
      int count = channel.read(bytes);
      channel.configureBlocking(true);
      if (count == 0) {
        throw new NothingToRead();
      }
      records.read(bytes.flip());
      return count;
    }
  }

  private static final class Output extends FilterOutputStream {
    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw asSocketException(e);
      }
    }
  }

  /** TLS recognizes a broken connection by this type, which channels do not always throw. */
  private static IOException asSocketException(IOException e) {
    return e instanceof SocketException || e instanceof InterruptedIOException
        ? e
        : new SocketException(e.getMessage() == null ? "Socket closed" : e.getMessage());
  }

  ChannelSocket() throws SocketException {
    try {
      channel = SocketChannel.open();
      // Otherwise a request may wait until the last segment of the handshake is acknowledged.
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      throw new SocketException(e.getMessage());
    }
  }

  @Override
  protected void create(boolean stream) {
    // The constructor has opened the channel.
  }

  @Override
  protected void connect(SocketAddress remote, int timeoutMillis) throws IOException {
    channel.socket().connect(remote, timeoutMillis);
    address = channel.socket().getInetAddress();
    port = channel.socket().getPort();
    localport = channel.socket().getLocalPort();
  }

  @Override
  protected void connect(InetAddress host, int port) throws IOException {
    connect(new InetSocketAddress(host, port), 0);
  }

  @Override
  protected void connect(String host, int port) throws IOException {
    connect(new InetSocketAddress(host, port), 0);
  }

  @Override
  protected InputStream getInputStream() throws IOException {
    return new Input(channel);
  }

  @Override
  protected OutputStream getOutputStream() throws IOException {
    return new Output(channel.socket().getOutputStream());
  }

  @Override
  protected int available() throws IOException {
    return channel.socket().getInputStream().available();
  }

  @Override
  protected void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  protected void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  protected void close() throws IOException {
    channel.close();
  }

  @Override
  public void setOption(int option, Object value) throws SocketException {
    Socket socket = channel.socket();
    switch (option) {
      case SocketOptions.SO_LINGER ->
          socket.setSoLinger(value instanceof Integer, value instanceof Integer s ? s : 0);
      case SocketOptions.SO_TIMEOUT -> socket.setSoTimeout((Integer) value);
      case SocketOptions.TCP_NODELAY -> socket.setTcpNoDelay((Boolean) value);
      default -> throw new SocketException("option " + option + " is not supported");
    }
  }

  @Override
  public Object getOption(int option) throws SocketException {
    Socket socket = channel.socket();
    return switch (option) {
      case SocketOptions.SO_LINGER -> socket.getSoLinger();
      case SocketOptions.SO_TIMEOUT -> socket.getSoTimeout();
      case SocketOptions.TCP_NODELAY -> socket.getTcpNoDelay();
      case SocketOptions.SO_BINDADDR -> socket.getLocalAddress();
      default -> throw new SocketException("option " + option + " is not supported");
    };
  }

  @Override
  protected void bind(InetAddress host, int port) throws SocketException {
    throw new SocketException("a client is not bound");
  }

  @Override
  protected void listen(int backlog) throws SocketException {
    throw new SocketException("a client does not listen");
  }

  @Override
  protected void accept(SocketImpl accepted) throws SocketException {
    throw new SocketException("a client does not accept");
  }

  @Override
  protected void sendUrgentData(int data) throws SocketException {
    throw new SocketException("urgent data is not supported");
  }

  SocketChannel channel() {
    return channel;
  }
}
