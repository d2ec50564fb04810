package io.okxexporter.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Successful answers, with the fields of OKX's documented samples in their order. */
final class Answers {
  private Answers() {}

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
  static SimulatedResponse noStatus() {
    return data("");
  }

  /** A main account with a read-only key that is bound to no address. */
  static SimulatedResponse config(SimulatedUser user) {
    return data(CONFIG.formatted(user.uid(), user.uid()).replace("\n", ""));
  }

  private static SimulatedResponse data(String elements) {
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
      "ip":"",
      "type":"0",
      "kycLv":"3",
      "label":"simulated",
      "level":"Lv1",
      "levelTmp":"",
      "liquidationGear":"-1",
      "mainUid":"%s",
      "mgnIsoMode":"automatic",
      "opAuth":"0",
      "perm":"read_only",
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
