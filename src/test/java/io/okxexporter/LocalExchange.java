package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.model.Clock;
import io.okxexporter.model.Credentials;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.SimulatedExchange;
import io.okxexporter.simulator.SimulatedRequest;
import io.okxexporter.simulator.SimulatedResponse;
import io.okxexporter.simulator.SimulatedServer;
import io.okxexporter.simulator.SimulatedUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A simulated exchange on a port of loopback. */
public final class LocalExchange implements AutoCloseable {
  private static final long SEED = 42;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final List<SimulatedUser> users;
  private final Instant start = Instant.now();
  private final SimulatedServer server;

  /** Itself, to be scripted and counted. */
  final SimulatedExchange exchange;

  private LocalExchange(List<SimulatedUser> users) throws IOException {
    this.users = users;
    exchange = new SimulatedExchange(users, SEED, start);
    server =
        new SimulatedServer(
            exchange, Clock.system(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.start();
  }

  /** With one user. */
  static LocalExchange unnamed() throws IOException {
    return new LocalExchange(List.of(SimulatedUser.unnamed(new Random())));
  }

  /** With {@code user1} to {@code userN}. */
  static LocalExchange named(int count) throws IOException {
    return new LocalExchange(SimulatedUser.named(count, new Random()));
  }

  List<SimulatedUser> users() {
    return users;
  }

  URI url() {
    return server.baseUrl();
  }

  /** What puts the first user into the environment of the exporter, and nothing else. */
  Map<String, String> environment() {
    Credentials key = users.get(0).credentials();
    return Map.of(
        "OKX_API_KEY", key.apiKey().reveal(),
        "OKX_SECRET_KEY", key.secretKey().reveal(),
        "OKX_PASSPHRASE", key.passphrase().reveal(),
        "OKX_REGION", url().toString());
  }

  /** Those users in the configuration's YAML. */
  String yaml() {
    return yaml(user -> "region: " + url());
  }

  /**
   * @param settings of each user, but for its name and key
   */
  String yaml(Function<SimulatedUser, String> settings) {
    StringBuilder yaml = new StringBuilder("users:\n");
    for (SimulatedUser user : users) {
      Credentials key = user.credentials();
      yaml.append("  - name: ").append(user.name()).append('\n');
      yaml.append("    ").append(settings.apply(user)).append('\n');
      yaml.append("    api_key: \"").append(key.apiKey().reveal()).append("\"\n");
      yaml.append("    secret_key: \"").append(key.secretKey().reveal()).append("\"\n");
      yaml.append("    passphrase: \"").append(key.passphrase().reveal()).append("\"\n");
    }
    return yaml.toString();
  }

  /** The valuation that the first user was served at that second, from a twin of the exchange. */
  String served(String ccy, Instant ts) {
    String target = "/api/v5/asset/asset-valuation?ccy=" + ccy;
    return new SimulatedExchange(users, SEED, start)
        .respond(0, ts, new SimulatedRequest("GET", target, signed(users.get(0), target, ts)))
        .text();
  }

  private static Map<String, String> signed(SimulatedUser user, String target, Instant at) {
    Credentials key = user.credentials();
    return signed(
        key.apiKey().reveal(), key.secretKey().reveal(), key.passphrase().reveal(), target, at);
  }

  /** The headers with which any client of OKX would ask. */
  public static Map<String, String> signed(
      String apiKey, String secretKey, String passphrase, String target, Instant at) {
    String timestamp = TIMESTAMP.format(at);
    return Map.of(
        "ok-access-key", apiKey,
        "ok-access-passphrase", passphrase,
        "ok-access-timestamp", timestamp,
        "ok-access-sign", sign(secretKey, timestamp + "GET" + target));
  }

  private static String sign(String secretKey, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers with that status and body, without delay. */
  static Behaviour answer(int status, String body) {
    return Behaviour.of(new Reaction.Answer(SimulatedResponse.json(status, body)));
  }

  /** Answers that everything is worth n, as of n seconds after 1970. */
  static Behaviour worth(long n) {
    String body =
        "{'code':'0','data':[{'details':{'funding':'N'},'totalBal':'N','ts':'N000'}],'msg':''}";
    return answer(200, body.replace('\'', '"').replace("N", Long.toString(n)));
  }

  @Override
  public void close() {
    server.close();
  }
}
