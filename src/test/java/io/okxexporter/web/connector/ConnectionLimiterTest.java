package io.okxexporter.web.connector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.Awaiting;
import java.io.InterruptedIOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {
  private static final int ROOM = 1 + ConnectionLimiter.MAX_OPENING_OR_CLOSING;

  private final ConnectionLimiter connections = new ConnectionLimiter(1);
  private final List<SocketChannel> channels = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  @Test
  void accepts_nothing_while_all_room_is_taken() throws Exception {
    fill();
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    Thread acceptor = acceptor(accepted);
    Awaiting.until(() -> acceptor.getState() == Thread.State.WAITING);
    connections.onClosed(channels.get(0));
    accepted.join();
  }

  @Test
  void a_connection_that_could_not_be_opened_leaves_its_room() throws Exception {
    fill();
    connections.onAcceptFailed(channels.get(0), new IllegalStateException());
    connections.awaitRoom();
  }

  @Test
  void an_acceptor_that_waits_ends_with_the_server() throws Exception {
    fill();
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    acceptor(accepted).interrupt();
    assertThatThrownBy(accepted::join).hasCauseInstanceOf(InterruptedIOException.class);
  }

  private void fill() throws Exception {
    for (int i = 0; i < ROOM; i++) {
      connections.awaitRoom();
      SocketChannel channel = SocketChannel.open();
      channels.add(channel);
      connections.onAccepting(channel);
    }
  }

  private Thread acceptor(CompletableFuture<Void> accepted) {
    Thread acceptor =
        new Thread(
            () -> {
              try {
                connections.awaitRoom();
                accepted.complete(null);
              } catch (InterruptedIOException e) {
                accepted.completeExceptionally(e);
              }
            });
    acceptor.start();
    return acceptor;
  }
}
