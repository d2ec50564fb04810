package io.okxexporter.web.connector;

import io.okxexporter.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The connector of one listen address. */
public final class ListenConnector extends ServerConnector {
  private static final int BACKLOG = 512;

  private static final String FLAG = "--web.listen-address";

  private final ConnectionLimiter connections;
  private final FailureLog failureLog;
  private volatile boolean isLoopback;

  /**
   * @param requestTimeout from a request's first byte to the last byte of its response, and the
   *     most a connection may be idle
   * @param connections limits the connections of all connectors together
   * @param failureLog logs failures to accept connections
   */
  public ListenConnector(
      Server server,
      List<ConnectionFactory> connectionFactories,
      Duration requestTimeout,
      ConnectionLimiter connections,
      FailureLog failureLog) {
    super(server, 1, 1, connectionFactories.toArray(ConnectionFactory[]::new));
    this.connections = connections;
    this.failureLog = failureLog;
    addBean(connections, false);
    setIdleTimeout(requestTimeout.toMillis());
  }

  /**
   * Binds the address, or takes over a socket bound to it, but accepts nothing yet.
   *
   * @return the address with the actual port
   * @throws IOException if it cannot bind; the message names the cause and a remedy
   */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    setHost(address.getHostString()); // only for Jetty's log; bind() binds
    setPort(address.getPort());
    isLoopback = !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    open(bind(address));
    return new InetSocketAddress(address.getAddress(), getLocalPort());
  }

  /** Returns whether it can be reached only from this machine. */
  public boolean isLoopback() {
    return isLoopback;
  }

  private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException(ListenAddress.failure(address, "unknown host", FLAG));
    }
    try {
      ServerSocketChannel inherited = InheritedSocket.at(address);
      return inherited == null ? bound(address) : inherited;
    } catch (IOException | UnsupportedAddressTypeException e) {
      throw new IOException(ListenAddress.failure(address, e, FLAG), e);
    }
  }

  private static ServerSocketChannel bound(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(address, BACKLOG);
    } catch (IOException | UnsupportedAddressTypeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void accept(int acceptor) throws IOException {
    connections.awaitRoom();
    super.accept(acceptor);
    failureLog.recovered();
  }

  /** The usual cause is too many open files, which the operator must learn of. */
  @Override
  protected boolean handleAcceptFailure(Throwable failure) {
    if (isRunning() && !(failure instanceof ClosedByInterruptException)) {
      failureLog.failed(failure.toString());
    }
    return super.handleAcceptFailure(failure);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    DeadlineEndPoint endPoint =
        new DeadlineEndPoint(channel, selector, key, getScheduler(), connections);
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }
}
