package io.okxexporter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.Maintenance;
import io.okxexporter.okx.ResponseClassifier.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Readers of all endpoints but the valuation. */
final class DiagnosisReader {
  private static final Set<String> PENDING = Set.of("scheduled", "pre_open", "ongoing");

  /** OKX has three; the limit keeps an absurd response from making an endless label. */
  private static final int MAX_PERMISSIONS = 16;

  private DiagnosisReader() {}

  static Instant serverTime(JsonNode data) throws MalformedException {
    return JsonFields.instant("ts", JsonFields.first(data).path("ts"));
  }

  static ApiKeyInfo apiKeyInfo(JsonNode data) throws MalformedException {
    JsonNode config = JsonFields.first(data);
    String uid = JsonFields.digits("uid", config);
    return new ApiKeyInfo(
        uid,
        JsonFields.absent(config.path("mainUid")) ? uid : JsonFields.digits("mainUid", config),
        accountType(config.path("type").asText()),
        permissions(JsonFields.text("perm", config)),
        !JsonFields.absent(config.path("ip")));
  }

  private static String accountType(String type) {
    return switch (type) {
      case "0" -> "main";
      case "1" -> ApiKeyInfo.SUB;
      default -> "other";
    };
  }

  private static Set<String> permissions(String list) throws MalformedException {
    Set<String> permissions = new TreeSet<>();
    for (String permission : list.split(",", -1)) {
      permissions.add(permission(permission.strip()));
    }
    if (permissions.size() > MAX_PERMISSIONS) {
      throw new MalformedException("perm has more than " + MAX_PERMISSIONS + " permissions");
    }
    return permissions;
  }

  /** Checks a permission, which becomes part of a label. */
  private static String permission(String text) throws MalformedException {
    if (!text.matches("[\\w-]{1,32}")) {
      throw new MalformedException("perm is not a list of permissions");
    }
    return text;
  }

  /** The windows that are announced or under way. */
  static List<Maintenance> maintenance(JsonNode data) throws MalformedException {
    if (!data.isArray()) {
      throw new MalformedException("data is not a list");
    }
    List<Maintenance> windows = new ArrayList<>();
    for (JsonNode window : data) {
      if (PENDING.contains(window.path("state").asText())) {
        addIfComplete(windows, window);
      }
    }
    return windows;
  }

  /** Skips a malformed window, which must not hide the others. */
  private static void addIfComplete(List<Maintenance> windows, JsonNode window) {
    try {
      windows.add(
          new Maintenance(
              window.path("state").asText(),
              window.path("env").asText().equals("2"),
              JsonFields.instant("begin", window.path("begin")),
              JsonFields.instant("end", window.path("end"))));
    } catch (MalformedException e) {
      // A window without both times cannot be shown.
    }
  }
}
