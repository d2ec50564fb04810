package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.SocketServer;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.Clock;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.User;
import io.okxexporter.okx.LedgerReaderTest.Page;
import io.okxexporter.okx.Transport.Response;
import io.okxexporter.okx.Transport.Timeouts;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plants addresses, e-mails, phone numbers and transaction ids in every place of the responses of
 * ledgers, and searches for them in all that is left of a response once it is read.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LedgerSecretsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> PLANTS =
      List.of(
          "0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
          "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
          "TJYeasTPaknettyGNGwMxHmnFrqpVxuzHd:memoable",
          "0c4dd8a2e4bf1c8a7f0b1e6c2a6f7d935d1e0a4b7c8f9e2d3a5b6c7d8e9f0a1b",
          "jane.plant@example.com",
          "+86 138-5720-4691",
          "8613857204691");

  /** Short enough that no part of a plant slips through. */
  private static final int PART = 6;

  private static final int[] STATUSES = {200, 400, 401, 403, 429, 503};

  /** Known and unknown codes, one that shows an address, none, and plants. */
  private static final List<String> CODES =
      List.of("0", "50110", "50011", "51000", "59999", "", "jane.plant@example.com");

  /** Whatever a reading keeps would be in an object that is reachable from one of these. */
  private static final List<Class<?>> STATICS =
      List.of(
          RowParser.class,
          ResponseClassifier.class,
          LedgerReader.class,
          IndexPriceReader.class,
          JsonFields.class,
          RequestSender.class,
          LedgerClient.class);

  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void close() {
    log.close();
  }

  @ParameterizedTest
  @EnumSource
  void fields_that_are_not_read_leave_nothing(Page page) throws Exception {
    for (String plant : PLANTS) {
      for (JsonNode value : shapes(plant)) {
        ObjectNode row = page.row();
        for (Map.Entry<String, JsonNode> field : page.row().properties()) {
          row.set(field.getKey(), isRead(page, field.getKey()) ? field.getValue() : value);
        }
        row.set("unknown", value);
        row.set(plant, value);
        ObjectNode body = LedgerReaderTest.body(row).put("msg", plant).put(plant, plant);
        body.set("unknown", value);
        List<Outcome<?>> outcomes = outcomes(page, 200, body.toString());
        assertThat(outcomes).containsExactly(page.read(page.row()));
        assertThat(outcomes).hasOnlyElementsOfType(Success.class);
        assertHidden(outcomes);
      }
    }
  }

  /** A value is read if the page differs without it, or with another one. */
  private static boolean isRead(Page page, String field) {
    return Stream.of(page.row().<ObjectNode>without(field), page.row().put(field, "7"))
        .anyMatch(row -> !page.read(row).equals(page.read(page.row())));
  }

  @ParameterizedTest
  @EnumSource
  void fields_that_are_read_hand_on_nothing_that_they_should_not_hold(Page page) throws Exception {
    List<Outcome<?>> outcomes = new ArrayList<>();
    for (String plant : PLANTS.subList(0, PLANTS.size() - 1)) {
      for (String field : (Iterable<String>) page.row()::fieldNames) {
        for (JsonNode value : shapes(plant)) {
          JsonNode row = page.row().set(field, value);
          outcomes.addAll(outcomes(page, 200, LedgerReaderTest.body(page.row(), row).toString()));
          outcomes.addAll(outcomes(page, 200, LedgerReaderTest.body(page.row(), value).toString()));
        }
      }
    }
    assertThat(outcomes).hasAtLeastOneElementOfType(Success.class);
    assertThat(outcomes.stream().anyMatch(Failure.class::isInstance))
        .isEqualTo(page != Page.INDEX_TICKERS);
    assertHidden(outcomes);
  }

  @ParameterizedTest
  @EnumSource
  void failures_quote_nothing(Page page) throws Exception {
    List<Outcome<?>> outcomes = new ArrayList<>();
    for (String plant : PLANTS) {
      for (int status : STATUSES) {
        for (String code : CODES) {
          for (JsonNode value : shapes(plant)) {
            ObjectNode body = JSON.createObjectNode().put("code", code).put(plant, plant);
            Stream.of("msg", "message", "data", "error").forEach(name -> body.set(name, value));
            outcomes.addAll(outcomes(page, status, body.toString()));
          }
        }
        outcomes.addAll(
            outcomes(page, status, "{\"code\":" + JSON.writeValueAsString(plant) + "}"));
        outcomes.addAll(outcomes(page, status, "{\"code\":8613857204691}"));
        outcomes.addAll(outcomes(page, status, "<html>" + plant + "</html>"));
        outcomes.addAll(outcomes(page, status, plant));
      }
    }
    assertThat(outcomes).hasOnlyElementsOfType(Failure.class);
    assertHidden(outcomes);
  }

  @ParameterizedTest
  @EnumSource
  void pages_that_are_cut_short_quote_nothing(Page page) throws Exception {
    ObjectNode row = page.row();
    row.setAll(
        Map.of(PLANTS.get(0), shapes(PLANTS.get(1)).get(2), "to", shapes(PLANTS.get(4)).get(0)));
    String body = LedgerReaderTest.body(row).put("msg", PLANTS.get(0)).toString();
    List<Outcome<?>> outcomes = new ArrayList<>();
    for (int end = 0; end < body.length(); end++) {
      outcomes.addAll(outcomes(page, 200, body.substring(0, end)));
      outcomes.addAll(outcomes(page, 200, body.substring(0, end) + "\u0000" + body.substring(end)));
    }
    assertThat(outcomes).hasAtLeastOneElementOfType(Failure.class);
    assertHidden(outcomes);
  }

  /** OkHttp's messages quote what it cannot read. */
  @Test
  void responses_that_are_no_http_quote_nothing() throws Exception {
    Deque<String> responses = new ConcurrentLinkedDeque<>();
    for (String plant : PLANTS) {
      responses.add(plant + "\r\n");
      responses.add("HTTP/1.1 " + plant + "\r\n\r\n");
      responses.add("HTTP/1.1 401 " + plant + "\r\nContent-Length: 0\r\n\r\n");
      responses.add("HTTP/1.1 503 Busy\r\nRetry-After: " + plant + "\r\n\r\n");
      responses.add("HTTP/1.1 302 Found\r\nLocation: /" + plant + "\r\n\r\n");
      responses.add("HTTP/1.1 200 OK\r\n" + plant + "\r\n\r\n");
      responses.add("HTTP/1.1 200 OK\r\nContent-Length: " + plant + "\r\n\r\n" + plant);
      responses.add("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + plant);
      responses.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + plant + "\r\n");
      responses.add("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n{\"msg\":\"" + plant);
    }
    List<Outcome<?>> outcomes = new ArrayList<>();
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
    try (SocketServer okx =
            new SocketServer(
                (socket, head) -> {
                  SocketServer.write(socket, responses.remove());
                  socket.close();
                });
        OkHttpTransport http =
            new OkHttpTransport(timeouts, 1, Clock.system(), new SimpleMeterRegistry())) {
      User user = Users.onHost(okx.url(), Users.user(null, "USDT"));
      while (!responses.isEmpty()) {
        CompletableFuture<Outcome<?>> outcome = new CompletableFuture<>();
        client(http).withdrawals(user, null, null, outcome::complete);
        outcomes.add(outcome.get(30, TimeUnit.SECONDS));
      }
    }
    assertThat(outcomes).hasOnlyElementsOfType(Failure.class);
    assertHidden(outcomes);
  }

  /** A value, and the same within objects and lists, also as a name. */
  private static List<JsonNode> shapes(String plant) {
    ObjectNode named = JSON.createObjectNode().put(plant, plant);
    return List.of(
        TextNode.valueOf(plant),
        named,
        JSON.createArrayNode().add(plant).add(named),
        JSON.createObjectNode().set("to", JSON.createArrayNode().add(named)));
  }

  /** Reads a body through the whole client. */
  private static List<Outcome<?>> outcomes(Page page, int status, String body) {
    List<Outcome<?>> outcomes = new ArrayList<>();
    Response response = new Response(status, null, null, body.getBytes(UTF_8));
    LedgerClient client =
        client(
            (request, done) -> {
              done.accept(response);
              return () -> {};
            });
    send(page, client, outcomes::add);
    return outcomes;
  }

  private static void send(Page page, LedgerApi okx, Consumer<Outcome<?>> done) {
    User user = Users.user(null, "USDT");
    switch (page) {
      case BILLS -> okx.fundingBills(user, null, null, done::accept);
      case TRADING_BILLS -> okx.tradingTransfers(user, null, done::accept);
      case SUB_ACCOUNT_BILLS -> okx.subAccountTransfers(user, null, done::accept);
      case WITHDRAWALS -> okx.withdrawals(user, null, null, done::accept);
      case FIAT_WITHDRAWALS -> okx.fiatWithdrawals(user, done::accept);
      case INDEX_TICKERS -> okx.indexPrices(user.baseUrl(), null, done::accept);
    }
  }

  private static LedgerClient client(Transport transport) {
    return new LedgerClient(transport, Clock.system(), host -> Duration.ZERO, "okx-exporter/test");
  }

  private void assertHidden(List<Outcome<?>> outcomes) throws IllegalAccessException {
    List<Object> roots = new ArrayList<>(outcomes);
    for (Class<?> type : STATICS) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          roots.add(field.get(null));
        }
      }
    }
    Set<String> left = texts(roots);
    outcomes.forEach(outcome -> left.add(outcome.toString()));
    left.add(log.text());
    List<String> parts = plantedParts();
    assertThat(left).filteredOn(text -> parts.stream().anyMatch(text::contains)).isEmpty();
  }

  private static List<String> plantedParts() {
    return PLANTS.stream()
        .flatMap(
            plant ->
                Stream.iterate(0, at -> at + PART <= plant.length(), at -> at + 1)
                    .map(at -> plant.substring(at, at + PART)))
        .toList();
  }

  /** All texts in all objects that are reachable from these. */
  private static Set<String> texts(List<Object> roots) throws IllegalAccessException {
    Set<String> texts = new TreeSet<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> left = new ArrayDeque<>();
    Consumer<@Nullable Object> add =
        object -> {
          if (object != null && seen.add(object)) {
            left.add(object);
          }
        };
    roots.forEach(add);
    while (!left.isEmpty()) {
      Object object = left.remove();
      if (object instanceof Object[] array) {
        Arrays.stream(array).forEach(add);
      } else if (object instanceof byte[] bytes) {
        texts.add(new String(bytes, ISO_8859_1));
      } else if (object instanceof char[] chars) {
        texts.add(new String(chars));
      } else if (object instanceof Map<?, ?> map) {
        map.keySet().forEach(add);
        map.values().forEach(add);
      } else if (object instanceof Iterable<?> list && isJava(object)) {
        list.forEach(add);
      } else if (object instanceof AtomicReference<?> reference) {
        add.accept(reference.get());
      } else if (isJava(object)) {
        texts.add(object.toString());
      } else {
        fields(object, add);
      }
    }
    return texts;
  }

  private static boolean isJava(Object object) {
    return object.getClass().getName().startsWith("java.");
  }

  private static void fields(Object object, Consumer<@Nullable Object> add)
      throws IllegalAccessException {
    for (Class<?> type = object.getClass();
        type != null && !type.getName().startsWith("java.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          add.accept(field.get(object));
        }
      }
    }
  }
}
