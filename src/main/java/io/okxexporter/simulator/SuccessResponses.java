package io.okxexporter.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The successful responses, with the fields of OKX's documented samples in their order. */
final class SuccessResponses {
  private SuccessResponses() {}

  static SimulatedResponse valuation(Map<Account, String> details, String total, long tsMillis) {
    String accounts =
        details.entrySet().stream()
            .map(entry -> "\"" + entry.getKey().key() + "\":\"" + entry.getValue() + "\"")
            .collect(Collectors.joining(","));
    return data(
        "{\"details\":{"
            + accounts
            + "},\"totalBal\":\""
            + total
            + "\",\"ts\":\""
            + tsMillis
            + "\"}");
  }

  static SimulatedResponse time(Instant now) {
    return data("{\"ts\":\"%d\"}".formatted(now.toEpochMilli()));
  }

  /** No maintenance is announced. */
  static SimulatedResponse status() {
    return data("");
  }

  /** Returns the account and the permissions of a key. */
  static SimulatedResponse config(SimulatedUser user) {
    KeySettings key = user.settings();
    return data(
        fill(
            CONFIG,
            String.join(",", key.addresses()),
            user.uid().equals(user.mainUid()) ? 0 : 1,
            key.label(),
            user.mainUid(),
            key.permissions().stream().map(Permission::key).collect(Collectors.joining(",")),
            user.uid()));
  }

  /** Fills a template of one line per field with escaped values; a label may hold anything. */
  static String fill(String template, Object... values) {
    JsonStringEncoder json = JsonStringEncoder.getInstance();
    Object[] escaped =
        Arrays.stream(values)
            .map(value -> new String(json.quoteAsString(value.toString())))
            .toArray();
    return template.replace("\n", "").formatted(escaped);
  }

  static SimulatedResponse data(String elements) {
    return SimulatedResponse.json(200, "{\"code\":\"0\",\"data\":[" + elements + "],\"msg\":\"\"}");
  }

  private static final String CONFIG =
      """
      {"acctLv":"2",
      "acctStpMode":"cancel_maker",
      "autoLoan":false,
      "ctIsoMode":"automatic",
      "enableSpotBorrow":false,
      "greeksType":"PA",
      "feeType":"0",
      "ip":"%s",
      "type":"%s",
      "kycLv":"3",
      "label":"%s",
      "level":"Lv1",
      "levelTmp":"",
      "liquidationGear":"-1",
      "mainUid":"%s",
      "mgnIsoMode":"automatic",
      "opAuth":"0",
      "perm":"%s",
      "posMode":"long_short_mode",
      "roleType":"0",
      "spotBorrowAutoRepay":false,
      "spotOffsetType":"",
      "spotRoleType":"0",
      "spotTraderInsts":[],
      "stgyType":"0",
      "traderInsts":[],
      "uid":"%s",
      "settleCcy":"USDC",
      "settleCcyList":["USD","USDC","USDG"]}
      """;
}
