package io.okxexporter.okx;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/** Makes the sockets to OKX: see {@link ChannelSocket}. */
class ChannelSockets extends SocketFactory {
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
