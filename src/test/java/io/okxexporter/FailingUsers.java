package io.okxexporter;

import static io.okxexporter.fixture.LocalExchange.answer;

import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Reason;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes each user fail with a different reason; users beyond the number of reasons succeed. */
public final class FailingUsers implements Script {
  private static final List<Reason> REASONS = List.of(Reason.values());

  private final List<String> keys;

  public FailingUsers(List<SimulatedUser> users) {
    keys = users.stream().map(user -> user.credentials().apiKey().reveal()).toList();
  }

  /** Maps each failing user's name to its reason. */
  public static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Reason reason : REASONS) {
      reasons.put("user" + (reasons.size() + 1), reason.label());
    }
    return reasons;
  }

  @Override
  public Behaviour next(SimulatedRequest request) {
    if (!request.path().equals(Endpoint.ASSET_VALUATION.path())) {
      return Behaviour.NORMAL;
    }
    int user = keys.indexOf(request.headers().get("ok-access-key"));
    return user < REASONS.size() ? failure(REASONS.get(user)) : Behaviour.NORMAL;
  }

  private static Behaviour failure(Reason reason) {
    return switch (reason) {
      case RATE_LIMITED -> coded(429, 50011);
      case UNAVAILABLE -> coded(503, 50001);
      case AUTH -> coded(401, 50111);
      case WRONG_ENVIRONMENT -> coded(401, 50119);
      case IP_NOT_ALLOWED -> coded(401, 50110);
      case BLOCKED -> answer(403, "{\"message\":\"You have been denied access\"}");
      case CLOCK -> coded(401, 50102);
      case ACCOUNT -> coded(200, 50007);
      case BAD_REQUEST -> coded(400, 51000);
      case MALFORMED -> answer(200, "<html>");
      case TIMEOUT -> Behaviour.of(new Reaction.Stall());
      case NETWORK -> Behaviour.of(new Reaction.Reset());
      case UNKNOWN -> coded(200, 99999);
    };
  }

  private static Behaviour coded(int status, int code) {
    return answer(status, "{\"code\":\"" + code + "\",\"msg\":\"scripted\",\"data\":[]}");
  }
}
