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
 * A connection with a deadline for each request: its idle timeout runs from the first byte of the
 * request, or of a handshake, until its response is sent in full. A client that sends or reads a
 * byte now and then does not renew it.
 */
public final class DeadlineEndPoint extends SocketChannelEndPoint {
  private static final int MAX_READ_AHEAD_BYTES = 128; // more than TLS sends when it closes

  private final ConnectionLimiter connections;
  private volatile boolean betweenRequests = true;

  /** Bytes received while a request waited, to be read after its response. */
  private ByteBuffer readAhead = BufferUtil.EMPTY_BUFFER;

  DeadlineEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      ConnectionLimiter connections) {
    super(channel, selector, key, scheduler);
    this.connections = connections;
  }

  /** Returns the connection of a request. */
  public static DeadlineEndPoint of(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper wrapper) {
      endPoint = wrapper.unwrap();
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
   * Returns whether the client is still connected. It finds out by reading, so use it only for a
   * waiting HTTP/1 request, while nothing else reads.
   */
  public boolean isConnected() {
    try {
      return isOpen() && fillReadAhead() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private int fillReadAhead() throws IOException {
    if (readAhead.capacity() == 0) {
      readAhead = BufferUtil.allocate(MAX_READ_AHEAD_BYTES);
    }
    int position = BufferUtil.flipToFill(readAhead);
    try {
      int read;
      do {
        read = getChannel().read(readAhead);
      } while (read > 0);
      return read;
    } finally {
      BufferUtil.flipToFlush(readAhead, position);
    }
  }

  /** The selector does not see what was read ahead, but Jetty reads before it consults it. */
  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (!readAhead.hasRemaining()) {
      return super.fill(buffer);
    }
    notIdle();
    return BufferUtil.append(buffer, readAhead);
  }

  /** Called on every byte sent or received. */
  @Override
  public void notIdle() {
    if (betweenRequests) {
      betweenRequests = false;
      super.notIdle();
    }
  }

  /** Called when a request has arrived, and when its wait in the server has ended. */
  void requestStarted() {
    connections.used(this);
    super.notIdle();
  }

  /** Called when a response has been sent in full. */
  void requestEnded() {
    connections.used(this);
    super.notIdle();
    betweenRequests = true;
  }
}
