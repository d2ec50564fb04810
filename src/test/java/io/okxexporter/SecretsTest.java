package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.Configs;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.HttpProxy.Login;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import io.okxexporter.simulator.Script;
import io.okxexporter.simulator.SimulatedResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plants secrets and balances, and searches for them in all output of the program. */
class SecretsTest {
  private static final String API_KEY = "planted-4pi-k3y";
  private static final String SECRET_KEY = "planted-s3cret-k3y";
  private static final String PASSPHRASE = "planted-p4ssphrase";
  private static final String PROXY_PASSWORD = "planted-pr0xy-w0rd";
  private static final Login LOGIN = new Login("rented", new Secret(PROXY_PASSWORD));
  private static final List<String> SECRETS =
      List.of(
          API_KEY,
          SECRET_KEY,
          PASSPHRASE,
          PROXY_PASSWORD,
          Base64.getEncoder().encodeToString(("rented:" + PROXY_PASSWORD).getBytes(UTF_8)));
  private static final String TOTAL = "987654.125";
  private static final String PART = "345678.375";
  private static final List<String> BALANCES = List.of("987654", "345678", "9.87654", "3.45678");
  private static final String VALUATION =
      "{\"code\":\"0\",\"data\":[{\"totalBal\":\""
          + TOTAL
          + "\",\"details\":{\"trading\":\""
          + PART
          + "\"},\"ts\":\"1767225600000\"}]}";

  /** Responses that leak everything: in a message, in a malformed body, and in a success. */
  private static final List<SimulatedResponse> RESPONSES =
      List.of(
          SimulatedResponse.json(200, VALUATION),
          SimulatedResponse.json(
              401,
              "{\"code\":\"50113\",\"msg\":\"Invalid Sign for "
                  + API_KEY
                  + "1 "
                  + SECRET_KEY
                  + " "
                  + PASSPHRASE
                  + " "
                  + PROXY_PASSWORD
                  + "\"}"),
          SimulatedResponse.json(
              500, "{\"code\":\"50026\",\"msg\":\"cannot value " + TOTAL + " and 987654\"}"),
          SimulatedResponse.json(
              200, VALUATION.replace("\"data\":[", "\"data\":[[").replace("}]", "}]]")),
          SimulatedResponse.json(200, VALUATION.substring(0, 60)));

  @Test
  void no_secret_and_no_balance_leaves_but_on_metrics() throws Exception {
    // By the second request of the user that succeeds, all first responses have been processed.
    CountDownLatch requests = new CountDownLatch(RESPONSES.size() + 2);
    List<String> output = new ArrayList<>();
    try (CapturedLog log = new CapturedLog();
        LocalExchange okx = LocalExchange.named(0)) {
      okx.exchange.script(script(requests));
      Config config = config(okx.url());
      output.add(config.toString());
      output.add(config.summary().toString());
      BuildInfo build = new BuildInfo("test", "test", "");
      try (Exporter exporter = Exporter.live(config, build, true, true)) {
        Exporters.serve(exporter);
        assertThat(requests.await(60, TimeUnit.SECONDS)).isTrue();
        int port = exporter.addresses().get(0).getPort();
        assertThat(get(port, "/metrics")).contains("okx_total_asset_valuation{").contains("987654");
        assertThat(SECRETS).noneMatch(get(port, "/metrics")::contains);
        for (String path :
            List.of("/", "/config", "/-/ready", "/-/healthy", "/" + PASSPHRASE.length())) {
          output.add(get(port, path));
        }
        output.add(exporter.view().toString());
        Thread.getAllStackTraces().keySet().forEach(thread -> output.add(thread.getName()));
      }
      output.add(log.text());
    }
    assertThat(String.join("\n", output)).contains("reason=auth").contains("reason=malformed");
    assertThat(Stream.concat(SECRETS.stream(), BALANCES.stream()))
        .noneMatch(String.join("\n", output)::contains);
  }

  @Test
  void the_values_that_hold_secrets_and_balances_do_not_show_them() {
    User user = config(URI.create("http://127.0.0.1:1")).users().get(0);
    Transport.Request request =
        new Transport.Request(
            user.baseUrl(), "/", Map.of("OK-ACCESS-KEY", API_KEY), user.proxy(), null, 1024, null);
    Transport.Response response =
        new Transport.Response(200, null, null, VALUATION.getBytes(UTF_8));
    assertThat(
            Stream.of(user, user.proxy(), key(1), key(1).apiKey(), request, response)
                .map(String::valueOf))
        .allSatisfy(
            text ->
                assertThat(Stream.concat(SECRETS.stream(), BALANCES.stream()))
                    .noneMatch(text::contains));
  }

  @Test
  void a_refused_configuration_does_not_show_the_secret_that_is_wrong() {
    Map<String, String> env =
        Map.of(
            "OKX_API_KEY", API_KEY + "\u0000",
            "OKX_SECRET_KEY", SECRET_KEY + " ",
            "OKX_PASSPHRASE", PASSPHRASE + "\n\n",
            "OKX_PROXY_PASSWORD", PROXY_PASSWORD + "\t",
            "OKX_REGION", "mars");
    ConfigException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            ConfigException.class, () -> Configs.load(null, env));
    assertThat(refused.toString())
        .contains("OKX_API_KEY", "OKX_SECRET_KEY", "OKX_PASSPHRASE", "OKX_PROXY_PASSWORD");
    assertThat(SECRETS).noneMatch(refused.toString()::contains);
  }

  private static Script script(CountDownLatch requests) {
    return request -> {
      if (!request.path().equals(Endpoint.ASSET_VALUATION.path())) {
        return Behaviour.NORMAL;
      }
      requests.countDown();
      String key = Objects.requireNonNull(request.headers().get("ok-access-key"));
      int number = Integer.parseInt(key.substring(API_KEY.length()));
      return Behaviour.of(new Reaction.Answer(RESPONSES.get(number)));
    };
  }

  /** Creates a user for each response, which takes the exchange for its proxy as well. */
  private static Config config(URI okx) {
    HttpProxy proxy = new HttpProxy(okx, LOGIN);
    List<User> users =
        IntStream.range(0, RESPONSES.size())
            .mapToObj(i -> new User("u" + i, okx, false, List.of("USDT"), key(i), 1, null, proxy))
            .toList();
    return Users.config(Duration.ofSeconds(1), true, users);
  }

  private static Credentials key(int number) {
    return new Credentials(
        new Secret(API_KEY + number), new Secret(SECRET_KEY), new Secret(PASSPHRASE));
  }

  private static String get(int port, String path) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + port + path);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString(UTF_8));
    return response.headers().map() + response.body();
  }
}
