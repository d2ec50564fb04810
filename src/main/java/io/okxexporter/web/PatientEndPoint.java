package io.okxexporter.web;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose patience ends: its idle timeout runs from the first byte of a request, a
 * handshake included, until the answer is taken. Who sends or reads a byte now and then does not
 * renew it.
 */
final class PatientEndPoint extends SocketChannelEndPoint {
  private final Crowd crowd;
  private volatile boolean atRest = true;

  PatientEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Crowd crowd) {
    super(channel, selector, key, scheduler);
    this.crowd = crowd;
  }

  /** The connection of a request. */
  static PatientEndPoint of(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper over) {
      endPoint = over.unwrap();
    }
    return (PatientEndPoint) endPoint;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    crowd.opened(this);
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    crowd.closed(this);
    super.onClose(cause);
  }

  /** Called for every byte that moves. */
  @Override
  public void notIdle() {
    if (atRest) {
      atRest = false;
      super.notIdle();
    }
  }

  /** A whole request has come. */
  void asked() {
    crowd.renewed(this);
  }

  /** An answer was taken. */
  void answered() {
    crowd.renewed(this);
    super.notIdle();
    atRest = true;
  }
}
