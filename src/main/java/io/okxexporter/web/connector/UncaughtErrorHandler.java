package io.okxexporter.web.connector;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Logs bugs that no inner handler has caught, since Jetty's own log is suppressed. */
public final class UncaughtErrorHandler extends Handler.Wrapper {
  private final FailureLog failureLog;

  /**
   * @param inside the handler whose errors are logged
   */
  public UncaughtErrorHandler(FailureLog failureLog, Handler inside) {
    super(inside);
    this.failureLog = failureLog;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      return super.handle(request, response, callback);
    } catch (Throwable e) {
      failureLog.failed(e);
      Response.writeError(request, response, callback, e);
      return true;
    }
  }
}
