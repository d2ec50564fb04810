package io.okxexporter;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the signals SIGTERM and SIGINT. */
final class ShutdownHook {
  private static final Logger log = LoggerFactory.getLogger(ShutdownHook.class);

  private ShutdownHook() {}

  /** Stops the exporter on a signal; the latch opens once it has stopped. */
  static CountDownLatch of(Exporter exporter) {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              log.info("stopping");
              exporter.close();
              log.info("stopped");
              stopped.countDown();
            },
            "stop");
    try {
      Runtime.getRuntime().addShutdownHook(stop);
    } catch (IllegalStateException e) {
      // The signal came before the hook.
      exporter.close();
      stopped.countDown();
    }
    return stopped;
  }
}
