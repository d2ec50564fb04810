package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** For what another thread does soon. */
public final class Awaiting {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private Awaiting() {}

  /** Looks again and again until it is so. */
  public static void until(Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      assertThat(System.nanoTime() - start).as("ns of waiting").isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
