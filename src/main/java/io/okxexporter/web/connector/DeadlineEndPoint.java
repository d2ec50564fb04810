package io.okxexporter.web.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose patience ends: its idle timeout runs from the first byte of a request, a
 * handshake included, until the answer is taken. Who sends or reads a byte now and then does not
 * renew it.
 */
public final class DeadlineEndPoint extends SocketChannelEndPoint {
  private static final int MOST_AHEAD = 128; // more than TLS has to say when it ends

  private final ConnectionLimiter connections;
  private volatile boolean atRest = true;

  /** What came while a request waited, to be read once it is answered. */
  private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;

  DeadlineEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      ConnectionLimiter connections) {
    super(channel, selector, key, scheduler);
    this.connections = connections;
  }

  /** The connection of a request. */
  public static DeadlineEndPoint of(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper over) {
      endPoint = over.unwrap();
    }
    return (DeadlineEndPoint) endPoint;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    connections.opened(this);
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    connections.closed(this);
    super.onClose(cause);
  }

  /**
   * Whether the other side has not ended the connection. Looks by reading, so that it is for a
   * request of HTTP/1 that waits, when nobody else reads.
   */
  public boolean isThere() {
    try {
      return isOpen() && readAhead() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private int readAhead() throws IOException {
    if (ahead.capacity() == 0) {
      ahead = BufferUtil.allocate(MOST_AHEAD);
    }
    int position = BufferUtil.flipToFill(ahead);
    try {
      int read;
      do {
        read = getChannel().read(ahead);
      } while (read > 0);
      return read;
    } finally {
      BufferUtil.flipToFlush(ahead, position);
    }
  }

  /** The selector knows nothing of what was read ahead, but Jetty reads before it asks it. */
  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (!ahead.hasRemaining()) {
      return super.fill(buffer);
    }
    notIdle();
    return BufferUtil.append(buffer, ahead);
  }

  /** Called for every byte that moves. */
  @Override
  public void notIdle() {
    if (atRest) {
      atRest = false;
      super.notIdle();
    }
  }

  /** A whole request has come, or has waited for us. */
  void asked() {
    connections.renewed(this);
    super.notIdle();
  }

  /** An answer was taken. */
  void answered() {
    connections.renewed(this);
    super.notIdle();
    atRest = true;
  }
}
