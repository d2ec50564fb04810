package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/** For what another thread does soon. */
final class Awaiting {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Awaiting() {}

  static void until(Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      assertThat(System.nanoTime() - start).as("ns of waiting").isLessThan(PATIENCE.toNanos());
      Thread.onSpinWait();
    }
  }
}
