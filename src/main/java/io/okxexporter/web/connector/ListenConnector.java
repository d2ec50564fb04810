package io.okxexporter.web.connector;

import io.okxexporter.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** One address to listen on. */
public final class ListenConnector extends ServerConnector {
  private static final int BACKLOG = 512;

  /** For all of them: the texts of systems differ, and what can be done does not. */
  private static final String REMEDY =
      ". If another program listens there, stop it; else choose an address and port that this"
          + " machine has and this account may use, with --web.listen-address";

  private final ConnectionLimiter connections;
  private final FailureLog failureLog;
  private volatile boolean isLoopback;

  /**
   * @param deadline how long a request may take, and how long a connection may do nothing
   * @param connections all connections, those of other ports included
   * @param failureLog for when no connection can be accepted
   */
  public ListenConnector(
      Server server,
      List<ConnectionFactory> protocols,
      Duration deadline,
      ConnectionLimiter connections,
      FailureLog failureLog) {
    super(server, 1, 1, protocols.toArray(ConnectionFactory[]::new));
    this.connections = connections;
    this.failureLog = failureLog;
    addBean(connections, false);
    setIdleTimeout(deadline.toMillis());
  }

  /**
   * Listens, but accepts nothing yet.
   *
   * @return the address with the port really bound
   * @throws IOException if it cannot; the message says why, and what may help
   */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    setHost(address.getHostString()); // for Jetty's log alone: bind() binds
    setPort(address.getPort());
    isLoopback = !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    open(bind(address));
    return new InetSocketAddress(address.getAddress(), getLocalPort());
  }

  /** Whether only this machine reaches it. */
  public boolean isLoopback() {
    return isLoopback;
  }

  private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException(
          "cannot listen on " + ListenAddress.format(address) + ": unknown host" + REMEDY);
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(address, BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "cannot listen on " + ListenAddress.format(address) + ": " + e.getMessage() + REMEDY, e);
    }
  }

  @Override
  public void accept(int acceptor) throws IOException {
    connections.awaitRoom();
    super.accept(acceptor);
    failureLog.recovered();
  }

  /** Mostly there are too many open files, which is for the operator to know. */
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
