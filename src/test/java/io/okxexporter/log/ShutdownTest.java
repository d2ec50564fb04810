package io.okxexporter.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    Process child = new ProcessBuilder(java(), "-cp", classPath(), Child.class.getName()).start();
    try (BufferedReader out = child.inputReader(UTF_8);
        BufferedReader err = child.errorReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      child.toHandle().destroy(); // the process's own destroy() closes what we still want to read

      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(143);
      assertThat(err.lines().map(line -> line.substring(line.indexOf("level="))))
          .containsExactly(
              "level=info component=log msg=started",
              "level=info component=log msg=stopping",
              "level=info component=log msg=stopped");
    } finally {
      child.destroyForcibly();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** Waits to be stopped; its hook ends after that of java.util.logging. */
  static final class Child {
    private static final Logger log = LoggerFactory.getLogger(Child.class);

    public static void main(String[] args) throws InterruptedException {
      Logging.configure(Level.INFO, LogFormat.LOGFMT);
      Runtime.getRuntime().addShutdownHook(new Thread(Child::stop));
      log.info("started");
      System.out.println("ready");
      new CountDownLatch(1).await();
    }

    private static void stop() {
      log.info("stopping");
      awaitTheResetOfJul();
      log.info("stopped");
    }

    /** Its handlers are gone once java.util.logging's own hook has run. */
    private static void awaitTheResetOfJul() {
      java.util.logging.Logger root = java.util.logging.LogManager.getLogManager().getLogger("");
      while (root.getHandlers().length > 0) {
        Thread.onSpinWait();
      }
    }
  }
}
