package io.okxexporter.okx;

import io.okxexporter.model.Clock;
import io.okxexporter.model.HostFault;
import io.okxexporter.model.Reach;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Connects to a host as a request would, and tells which part of the way fails. */
public final class HostProbe implements AutoCloseable {
  private final Clock clock;
  private final Duration timeout;
  private final SSLSocketFactory tls;
  private final ExecutorService threads;

  /**
   * @param timeout bound on one probe as a whole
   */
  public HostProbe(Clock clock, Duration timeout) {
    this(clock, timeout, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * @param tls whom it trusts
   */
  HostProbe(Clock clock, Duration timeout, SSLSocketFactory tls) {
    this.clock = clock;
    this.timeout = timeout;
    this.tls = tls;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "host-probe");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Connects once, and hangs up; calls back exactly once, on any thread.
   *
   * @param host scheme, host and port
   * @param proxyUrl HTTP proxy to go through, null for none
   */
  public void reach(URI host, @Nullable URI proxyUrl, Consumer<Reach> done) {
    HostConnection connection = new HostConnection(host, proxyUrl, clock, timeout, tls);
    // Nothing else bounds how long the resolver takes.
    var unused =
        CompletableFuture.supplyAsync(connection::open, threads)
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(late -> tooSlow(connection))
            .thenAccept(
                reach -> {
                  connection.close();
                  done.accept(reach);
                });
  }

  private static Reach tooSlow(HostConnection connection) {
    return new Reach.Unreached(connection.part(), HostFault.TIMEOUT, "gave up");
  }

  /** Leaves to themselves what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
