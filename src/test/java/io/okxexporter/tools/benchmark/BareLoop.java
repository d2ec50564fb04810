package io.okxexporter.tools.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.ReferenceSigner;
import io.okxexporter.model.Credentials;
import io.okxexporter.simulator.SimulatedUser;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** A minimal poller as a baseline: signs, calls and parses, without store, metrics or limits. */
final class BareLoop {
  private final String url;
  private final List<SimulatedUser> users;
  private final int threads;
  private final OkHttpClient client;
  private final AtomicLong failed = new AtomicLong();
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param threads each has one request in flight or waits for its next one
   */
  BareLoop(String url, List<SimulatedUser> users, int threads) {
    this.url = url;
    this.users = users;
    this.threads = threads;
    client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionPool(new ConnectionPool(threads, 1, TimeUnit.MINUTES))
            .build();
  }

  /** Polls each user one period after its previous poll, forever. */
  void start(long periodNanos) {
    for (int i = 0; i < threads; i++) {
      int first = i;
      Thread thread = new Thread(() -> run(first, periodNanos));
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run(int first, long periodNanos) {
    long[] due = new long[users.size()];
    for (int user = first; user < due.length; user += threads) {
      due[user] = System.nanoTime() + periodNanos * user / due.length;
    }
    while (true) {
      for (int user = first; user < due.length; user += threads) {
        while (System.nanoTime() < due[user]) {
          LockSupport.parkNanos(due[user] - System.nanoTime());
        }
        due[user] = System.nanoTime() + periodNanos;
        poll(users.get(user).credentials());
      }
    }
  }

  private void poll(Credentials key) {
    String target = "/api/v5/asset/asset-valuation?ccy=USDT";
    Map<String, String> signed = ReferenceSigner.get(key, target, Instant.now());
    Request request = new Request.Builder().url(url + target).headers(Headers.of(signed)).build();
    try (Response response = client.newCall(request).execute()) {
      JsonNode valuation = json.readTree(response.body().bytes()).path("data").path(0);
      if (new BigDecimal(valuation.path("totalBal").asText("0")).signum() < 0) {
        throw new IllegalStateException("the simulated exchange lends nothing");
      }
    } catch (IOException e) {
      failed.incrementAndGet();
      System.err.println("a poll failed: " + e);
    }
  }

  long failed() {
    return failed.get();
  }
}
