package io.okxexporter.tools.soak;

import io.okxexporter.log.LogFormat;
import io.okxexporter.log.Logging;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.event.Level;

/** Arguments: {@code users units days pollSeconds scrapeMinutes seed}; fails on any error found. */
final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Plan plan =
        new Plan(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Duration.ofSeconds(Long.parseLong(args[3])),
            Duration.ofMinutes(Long.parseLong(args[4])),
            Long.parseLong(args[5]));
    // Every line is formatted and then discarded.
    Logging.configure(Level.INFO, LogFormat.LOGFMT, OutputStream.nullOutputStream());
    long start = System.nanoTime();
    Soak.Result result = new Soak(plan, Function.identity(), System.out).run();
    System.out.printf("took                  %.0f s%n", (System.nanoTime() - start) / 1e9);
    long flows = result.missedFlows() + result.wrongFlows();
    if (result.violations() + result.wrong() + result.stuck() + flows > 0) {
      throw new IllegalStateException("the exporter did not hold");
    }
  }
}
