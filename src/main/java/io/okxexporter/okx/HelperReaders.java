package io.okxexporter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.okx.Answers.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Readers of the endpoints beside the valuation. */
final class HelperReaders {
  private HelperReaders() {}

  /**
   * What a key is and may do ({@code GET /api/v5/account/config}).
   *
   * @param uid the User ID: digits beyond 2^53, so a string
   * @param mainUid the User ID of the main account, the same for a main account
   * @param permissions {@code read_only}, {@code trade}, {@code withdraw}
   * @param ip the addresses the key is bound to, empty for none
   */
  record KeyFacts(String uid, String mainUid, List<String> permissions, String ip) {}

  /**
   * An announced maintenance ({@code GET /api/v5/system/status}).
   *
   * @param state {@code scheduled}, {@code ongoing}, {@code pre_open}, {@code completed}, …
   * @param env 1 for production, 2 for demo trading
   */
  record Maintenance(String state, String env, Instant begin, Instant end) {}

  static Instant serverTime(JsonNode data) throws MalformedException {
    return Values.instant("ts", Values.first(data).path("ts"));
  }

  static KeyFacts keyFacts(JsonNode data) throws MalformedException {
    JsonNode config = Values.first(data);
    return new KeyFacts(
        Values.text("uid", config),
        Values.text("mainUid", config),
        List.of(Values.text("perm", config).split(",")),
        config.path("ip").asText());
  }

  static List<Maintenance> maintenance(JsonNode data) throws MalformedException {
    if (!data.isArray()) {
      throw new MalformedException("data is not a list");
    }
    List<Maintenance> windows = new ArrayList<>();
    for (JsonNode window : data) {
      windows.add(
          new Maintenance(
              Values.text("state", window),
              Values.text("env", window),
              Values.instant("begin", window.path("begin")),
              Values.instant("end", window.path("end"))));
    }
    return windows;
  }
}
