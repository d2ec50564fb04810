package io.okxexporter.web;

import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Awaiting;
import io.okxexporter.model.Secret;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.connector.ConnectionLimiter;
import io.okxexporter.web.connector.DeadlineEndPoint;
import io.okxexporter.web.connector.FailureLog;
import io.okxexporter.web.connector.ListenConnector;
import io.okxexporter.web.security.PasswordVerifier;
import io.okxexporter.web.security.TlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** A protected server that checks passwords only on demand. */
final class WaitingRoom implements AutoCloseable {
  static final String USER = "alice";
  static final String PASSWORD = "right";
  private static final String HASH = "$2y$10$" + "a".repeat(53);

  final Authority authority = new Authority("ca");
  final List<BooleanSupplier> presences = new CopyOnWriteArrayList<>();
  final List<DeadlineEndPoint> connections = new CopyOnWriteArrayList<>();
  final AtomicInteger comparisons = new AtomicInteger();
  private final Server server = new Server();
  private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();
  private final PasswordVerifier verifier =
      new PasswordVerifier(worker::add, System::nanoTime, this::compare);
  private final InetSocketAddress address;

  WaitingRoom(boolean overTls, Duration requestTimeout) throws Exception {
    WebSettings settings =
        new WebSettings(
            overTls ? MutableSettings.showing(authority.issue("ip:127.0.0.1")) : null,
            true,
            Map.of(),
            Map.of(USER, new Secret(HASH)),
            null);
    WebProtection protection =
        new WebProtection(
            () -> settings,
            UnprotectedWeb.ANY_HOST,
            new TestFiles(),
            it -> {},
            System::nanoTime,
            requestTimeout);
    TlsMode tlsMode = protection.tlsMode(settings);
    ListenConnector connector =
        new ListenConnector(
            server,
            tlsMode.protocols(new HttpConfiguration()),
            requestTimeout,
            new ConnectionLimiter(ConnectionLimiter.MAX_CONNECTIONS),
            new FailureLog("acceptor", System::nanoTime));
    address = connector.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.addConnector(connector);
    WebConfigHandler handler =
        new WebConfigHandler(
            tlsMode,
            protection.hosts(),
            new TokenBucket(System::nanoTime),
            verifier,
            Map.of(),
            new Page());
    server.setHandler(new Watch(handler));
    server.start();
  }

  private static final class Page extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      PageHandler.send(PageResponse.text(200, "the page"), response, callback);
      return true;
    }
  }

  private final class Watch extends Handler.Wrapper {
    Watch(Handler inside) {
      super(inside);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      boolean handled = super.handle(request, response, callback);
      connections.add(DeadlineEndPoint.of(request));
      presences.add(WebConfigHandler.presence(request));
      return handled;
    }
  }

  private boolean compare(Secret password, Secret hash) {
    comparisons.incrementAndGet();
    return password.reveal().equals(PASSWORD);
  }

  InetSocketAddress address() {
    return address;
  }

  Socket plain() throws IOException {
    return new Socket(address.getAddress(), address.getPort());
  }

  Socket tls(String protocol) throws Exception {
    return new TlsClient(authority, null)
        .connect(address, it -> it.setApplicationProtocols(new String[] {protocol}));
  }

  /** Waits until that many requests wait. */
  void await(int count) throws Exception {
    Awaiting.until(() -> presences.size() == count && verifier.waiting() == count);
  }

  int waiting() {
    return verifier.waiting();
  }

  /** Checks all waiting passwords. */
  void work() {
    for (Runnable task = worker.poll(); task != null; task = worker.poll()) {
      task.run();
    }
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
