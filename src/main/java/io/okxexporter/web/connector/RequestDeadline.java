package io.okxexporter.web.connector;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * How long one request may take until its answer is taken: HTTP/2 has clocks of its own, which a
 * reader of a byte now and then renews. It does not run while the request waits for us.
 */
public final class RequestDeadline {
  private final Request request;
  private final DeadlineEndPoint connection;
  private volatile Scheduler.Task end;

  /** Begins. */
  public RequestDeadline(Request request) {
    this.request = request;
    connection = DeadlineEndPoint.of(request);
    connection.asked();
    end = schedule();
    Request.addCompletionListener(request, failure -> over());
  }

  private Scheduler.Task schedule() {
    return request
        .getComponents()
        .getScheduler()
        .schedule(connection::close, connection.getIdleTimeout(), TimeUnit.MILLISECONDS);
  }

  /** Until it begins anew. */
  public void pause() {
    end.cancel();
    request.addIdleTimeoutListener(idle -> false);
  }

  public void beginAnew() {
    connection.asked();
    end = schedule();
  }

  private void over() {
    end.cancel();
    connection.answered();
  }
}
