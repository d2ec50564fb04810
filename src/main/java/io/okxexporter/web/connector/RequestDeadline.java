package io.okxexporter.web.connector;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The deadline for sending the response to one request in full. HTTP/2 needs it because its own
 * timeouts are renewed by a client that reads a byte now and then. It is paused while the server
 * makes a request wait.
 */
public final class RequestDeadline {
  private static final String ATTRIBUTE = RequestDeadline.class.getName();

  private final Request request;
  private final DeadlineEndPoint connection;
  private volatile Scheduler.Task timeout;

  /** Starts the deadline. */
  public RequestDeadline(Request request) {
    this.request = request;
    connection = DeadlineEndPoint.of(request);
    connection.requestStarted();
    timeout = schedule();
    Request.addCompletionListener(request, failure -> completed());
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Returns the deadline of a request. */
  public static RequestDeadline of(Request request) {
    return (RequestDeadline) request.getAttribute(ATTRIBUTE);
  }

  private Scheduler.Task schedule() {
    return request
        .getComponents()
        .getScheduler()
        .schedule(connection::close, connection.getIdleTimeout(), TimeUnit.MILLISECONDS);
  }

  /** Stops the deadline until {@link #resume}. */
  public void pause() {
    timeout.cancel();
    request.addIdleTimeoutListener(idle -> false);
  }

  /** Starts the deadline again, from its beginning. */
  public void resume() {
    connection.requestStarted();
    timeout = schedule();
  }

  private void completed() {
    timeout.cancel();
    connection.requestEnded();
  }
}
