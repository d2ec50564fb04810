package io.okxexporter.diagnosis;

import io.okxexporter.model.ApiKeyInfo;
import io.okxexporter.model.ClockSkew;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import io.okxexporter.poll.PollListener;
import io.okxexporter.poll.PollLog;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs the findings of the diagnosis when they change. Not thread-safe; used from one thread. */
public final class DiagnosisLog implements PollListener {
  private static final Logger log = LoggerFactory.getLogger(DiagnosisLog.class);

  private final Map<String, LoggedKey> keyInfo = new HashMap<>();
  private final Map<URI, List<Maintenance>> maintenance = new HashMap<>();
  private final Set<URI> clocksOff = new HashSet<>();
  private final Set<String> failing = new HashSet<>();

  private record LoggedKey(Secret apiKey, ApiKeyInfo keyInfo) {}

  @Override
  public void identified(User user, Outcome<ApiKeyInfo> outcome, boolean blocked) {
    if (!(outcome instanceof Success<ApiKeyInfo> ok)) {
      failed(Endpoint.ACCOUNT_CONFIG, user.displayName(), (Failure<ApiKeyInfo>) outcome);
      return;
    }
    succeeded(Endpoint.ACCOUNT_CONFIG, user.displayName());
    LoggedKey logged = new LoggedKey(user.credentials().apiKey(), ok.value());
    if (!logged.equals(keyInfo.put(user.displayName(), logged)) && !ok.value().readOnly()) {
      warnOfRights(user, ok.value(), blocked);
    }
  }

  private static void warnOfRights(User user, ApiKeyInfo key, boolean blocked) {
    String message =
        blocked
            ? "key is not read-only; not polling because allow_trading_keys is false"
            : "key is not read-only";
    String remedy = ApiKeyInfo.REMEDY + (key.expiresWhenIdle() ? " " + ApiKeyInfo.EXPIRY : "");
    PollLog.about(blocked ? log.atError() : log.atWarn(), user)
        .addKeyValue("permissions", String.join(",", key.permissions()))
        .addKeyValue("remedy", remedy)
        .log(message);
  }

  @Override
  public void joined(User one, User other) {
    log.atWarn()
        .addKeyValue("users", one.displayName() + "," + other.displayName())
        .addKeyValue(
            "remedy",
            "give both the same rate_limit_group, so that they share the budget from the start")
        .log("two users have the same User ID; from now on they share one rate limit budget");
  }

  @Override
  public void measured(URI host, Outcome<Duration> outcome) {
    if (!(outcome instanceof Success<Duration> ok)) {
      failed(Endpoint.PUBLIC_TIME, host.getAuthority(), (Failure<Duration>) outcome);
      return;
    }
    succeeded(Endpoint.PUBLIC_TIME, host.getAuthority());
    boolean off = ok.value().abs().compareTo(ClockSkew.TOLERATED) > 0;
    if (off && clocksOff.add(host)) {
      log.atWarn()
          .addKeyValue("host", host.getAuthority())
          .addKeyValue("skew_seconds", ok.value().toMillis() / 1000.0)
          .addKeyValue("remedy", "turn on time synchronisation (NTP)")
          .log("local clock is off; signing requests with OKX's time");
    } else if (!off && clocksOff.remove(host)) {
      log.atInfo().addKeyValue("host", host.getAuthority()).log("local clock is correct again");
    }
  }

  @Override
  public void announced(URI host, Outcome<List<Maintenance>> outcome) {
    if (!(outcome instanceof Success<List<Maintenance>> ok)) {
      failed(Endpoint.SYSTEM_STATUS, host.getAuthority(), (Failure<?>) outcome);
      return;
    }
    succeeded(Endpoint.SYSTEM_STATUS, host.getAuthority());
    List<Maintenance> before = maintenance.put(host, ok.value());
    ok.value().stream()
        .filter(window -> before == null || !before.contains(window))
        .forEach(window -> announce(host, window));
  }

  private static void announce(URI host, Maintenance window) {
    log.atInfo()
        .addKeyValue("host", host.getAuthority())
        .addKeyValue("state", window.state())
        .addKeyValue("mode", window.demo() ? "demo" : "live")
        .addKeyValue("begin", window.begin())
        .addKeyValue("end", window.end())
        .log("OKX announces maintenance");
  }

  private void succeeded(Endpoint endpoint, String name) {
    if (failing.remove(endpoint + name)) {
      log.atInfo()
          .addKeyValue("endpoint", endpoint.path())
          .addKeyValue("target", name)
          .log("diagnostic requests recovered");
    }
  }

  private void failed(Endpoint endpoint, String name, Failure<?> failure) {
    LoggingEventBuilder line = failing.add(endpoint + name) ? log.atInfo() : log.atDebug();
    line.addKeyValue("endpoint", endpoint.path())
        .addKeyValue("target", name)
        .addKeyValue("reason", failure.reason().label())
        .addKeyValue("detail", failure.detail())
        .addKeyValue("remedy", failure.reason().diagnosticRemedy(failure.code()))
        .log("diagnostic request failed");
  }
}
