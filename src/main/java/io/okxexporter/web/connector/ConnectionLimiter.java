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
 * All connections, up to so many. One too many ends the one whose last request or answer, or else
 * whose opening, is longest ago: whoever holds connections open keeps nobody else out. Those that
 * are on their way in or out are few as well: while they are not, nothing is accepted.
 */
public final class ConnectionLimiter implements AcceptListener {
  /** Bounds memory, and leaves files for the connections to OKX. */
  public static final int CONNECTIONS = 1000;

  /** Jetty opens and clears away connections on the threads of requests, which may be busy. */
  static final int COMING_AND_GOING = 100;

  private final int most;
  private final Set<DeadlineEndPoint> longestAgoFirst = new LinkedHashSet<>();

  /** From being accepted until Jetty knows no more of them. */
  private final Set<SelectableChannel> channels = new HashSet<>();

  /**
   * @param most how many may be open
   */
  public ConnectionLimiter(int most) {
    this.most = most;
  }

  /** Returns once another connection may be accepted. */
  synchronized void awaitRoom() throws InterruptedIOException {
    try {
      while (channels.size() >= most + COMING_AND_GOING) {
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
    DeadlineEndPoint tooMany = add(connection);
    if (tooMany != null) {
      tooMany.close();
    }
  }

  private synchronized @Nullable DeadlineEndPoint add(DeadlineEndPoint connection) {
    longestAgoFirst.add(connection);
    return longestAgoFirst.size() > most ? first() : null;
  }

  /** Taken out at once: two newcomers end two others. */
  private DeadlineEndPoint first() {
    Iterator<DeadlineEndPoint> all = longestAgoFirst.iterator();
    DeadlineEndPoint first = all.next();
    all.remove();
    return first;
  }

  /** To the end of the line, unless it was closed meanwhile. */
  synchronized void renewed(DeadlineEndPoint connection) {
    if (longestAgoFirst.remove(connection)) {
      longestAgoFirst.add(connection);
    }
  }

  synchronized void closed(DeadlineEndPoint connection) {
    longestAgoFirst.remove(connection);
  }
}
