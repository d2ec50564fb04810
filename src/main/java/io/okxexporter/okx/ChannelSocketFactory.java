package io.okxexporter.okx;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/** Creates the sockets to OKX, each a {@link ChannelSocket}. */
class ChannelSocketFactory extends SocketFactory {
  @Override
  public Socket createSocket() throws SocketException {
    ChannelSocket socket = new ChannelSocket();
    return new Socket(socket) {
      @Override
      public SocketChannel getChannel() {
        return socket.channel();
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int localPort) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort) {
    throw unsupported();
  }

  /** OkHttp connects its sockets itself. */
  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("only sockets that are not connected");
  }
}
