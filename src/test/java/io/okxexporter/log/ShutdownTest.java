package io.okxexporter.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Awaiting;
import io.okxexporter.fixture.Child;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

@Timeout(60)
class ShutdownTest {

  @Test
  void what_the_shutdown_hook_logs_after_sigterm_is_written()
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName());
    try (Child child = Child.start(Map.of(), command)) {
      child.awaitLine("msg=started");
      child.signal("TERM");
      assertThat(child.awaitExit()).isEqualTo(143);
      assertThat(child.err().lines().map(line -> line.substring(line.indexOf("level="))))
          .containsExactly(
              "level=info component=log msg=started",
              "level=info component=log msg=stopping",
              "level=info component=log msg=stopped");
    }
  }

  /** A program that waits to be stopped; its hook ends after that of java.util.logging. */
  static final class Waiting {
    private static final Logger log = LoggerFactory.getLogger(Waiting.class);

    public static void main(String[] args) throws InterruptedException {
      Logging.configure(Level.INFO, LogFormat.LOGFMT);
      Runtime.getRuntime().addShutdownHook(new Thread(Waiting::stop));
      log.info("started");
      new CountDownLatch(1).await();
    }

    private static void stop() {
      log.info("stopping");
      awaitJulReset();
      log.info("stopped");
    }

    /** The root handlers are gone once java.util.logging's hook has run. */
    private static void awaitJulReset() {
      java.util.logging.Logger root = java.util.logging.LogManager.getLogManager().getLogger("");
      try {
        Awaiting.until(() -> root.getHandlers().length == 0);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
