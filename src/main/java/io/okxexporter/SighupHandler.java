package io.okxexporter;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signal SIGHUP where the system has it. Uses reflection because the JDK offers signals
 * only in an unsupported package, which {@code --release} hides.
 */
final class SighupHandler {
  private static final Logger log = LoggerFactory.getLogger(SighupHandler.class);

  private SighupHandler() {}

  /** Runs the task on each SIGHUP instead of ending the process. */
  static void on(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              SighupHandler.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) -> {
                task.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
    } catch (ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      log.atInfo()
          .addKeyValue("err", String.valueOf(cause))
          .log("SIGHUP is not available on this system");
    }
  }
}
