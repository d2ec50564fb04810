package io.okxexporter.web.connector;

import java.io.InterruptedIOException;
import java.nio.channels.SelectableChannel;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jetty.io.SelectorManager.AcceptListener;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of open connections. One too many closes the connection whose last request or
 * response, or else whose opening, is longest ago, so that clients that hold connections open do
 * not lock others out. It also limits connections being opened or closed: above that, none is
 * accepted.
 */
public final class ConnectionLimiter implements AcceptListener {
  /** Bounds memory, and leaves file descriptors for the connections to OKX. */
  public static final int MAX_CONNECTIONS = 1000;

  /** Jetty opens and cleans up connections on request threads, which may be busy. */
  static final int MAX_OPENING_OR_CLOSING = 100;

  private final int maxOpen;
  private final Set<DeadlineEndPoint> leastRecentFirst = new LinkedHashSet<>();

  /** Channels from their acceptance until Jetty has released them. */
  private final Set<SelectableChannel> channels = new HashSet<>();

  /**
   * @param maxOpen how many connections may be open
   */
  public ConnectionLimiter(int maxOpen) {
    this.maxOpen = maxOpen;
  }

  /** Blocks until another connection may be accepted. */
  synchronized void awaitRoom() throws InterruptedIOException {
    try {
      while (channels.size() >= maxOpen + MAX_OPENING_OR_CLOSING) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("it stops");
    }
  }

  @Override
  public synchronized void onAccepting(SelectableChannel channel) {
    channels.add(channel);
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    onClosed(channel);
  }

  @Override
  public synchronized void onClosed(SelectableChannel channel) {
    channels.remove(channel);
    notifyAll();
  }

  void opened(DeadlineEndPoint connection) {
    DeadlineEndPoint evicted = add(connection);
    if (evicted != null) {
      evicted.close();
    }
  }

  private synchronized @Nullable DeadlineEndPoint add(DeadlineEndPoint connection) {
    leastRecentFirst.add(connection);
    return leastRecentFirst.size() > maxOpen ? removeLeastRecent() : null;
  }

  /** Removes the entry at once, so that two new connections close two others. */
  private DeadlineEndPoint removeLeastRecent() {
    Iterator<DeadlineEndPoint> all = leastRecentFirst.iterator();
    DeadlineEndPoint first = all.next();
    all.remove();
    return first;
  }

  /** Moves the connection to the end of the order, unless it has been closed. */
  synchronized void used(DeadlineEndPoint connection) {
    if (leastRecentFirst.remove(connection)) {
      leastRecentFirst.add(connection);
    }
  }

  synchronized void closed(DeadlineEndPoint connection) {
    leastRecentFirst.remove(connection);
  }
}
