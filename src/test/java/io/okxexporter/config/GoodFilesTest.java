package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.fixture.Configs;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.HttpProxy.Login;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoodFilesTest {
  @TempDir private Path folder;

  @Test
  void the_smallest_file_leaves_everything_else_to_the_defaults() throws Exception {
    assertThat(load("smallest.yml"))
        .isEqualTo(
            Config.defaults(
                List.of(
                    new User(
                        "main",
                        URI.create("https://openapi.okx.com"),
                        false,
                        List.of("USDT", "BTC"),
                        credentials("the-key", "the-secret", "the-pass"),
                        1,
                        null,
                        null))));
  }

  @Test
  void every_setting_of_a_full_file_is_taken() throws Exception {
    Config config = load("full.yml");
    assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.staleAfter()).isEqualTo(Duration.ofMinutes(90));
    assertThat(config.maxRequestsPerSecondTotal()).isEqualTo(12.5);
    assertThat(config.diagnosis()).isTrue();
    assertThat(config.allowTradingKeys()).isFalse();
    assertThat(config.users())
        .containsExactly(
            new User(
                "main",
                URI.create("https://eea.okx.com"),
                true,
                List.of("USDT", "BTC", "JP", "XYZ1"),
                credentials("file-key", "file-secret", "file pass"),
                0.5,
                "main-uid",
                new HttpProxy(
                    URI.create("http://proxy.example:3128"),
                    new Login("rented-1", new Secret("proxy-pass")))),
            new User(
                "Zoë \"2\"",
                URI.create("http://127.0.0.1:8080"),
                false,
                List.of("XYZ1"),
                credentials("inline-key", "inline-secret", "inline: #pass"),
                0.5,
                "main-uid",
                null),
            new User(
                "third",
                URI.create("https://okx.example:8443"),
                false,
                List.of("USDT", "BTC"),
                credentials("k3", "s3", "p3"),
                1,
                null,
                null));
  }

  @Test
  void a_unit_that_okx_does_not_document_is_allowed_with_one_warning_for_all_who_ask_for_it()
      throws Exception {
    assertThat(load("full.yml").warnings())
        .containsExactly(
            "unit \"JP\" of user \"main\" is not among those OKX documents, did you mean JPY?",
            "unit \"XYZ1\" of user \"main\" and 1 more is not among those OKX documents; OKX may"
                + " reject it");
  }

  @Test
  void the_summary_shows_every_setting_and_no_secret() throws Exception {
    assertThat(load("full.yml").summary())
        .containsExactly(
            Map.entry("poll_interval", "20s"),
            Map.entry("stale_after", "1h30m"),
            Map.entry("max_requests_per_second_total", "12.5"),
            Map.entry("diagnosis", "true"),
            Map.entry("allow_trading_keys", "false"),
            Map.entry("flows", "true"),
            Map.entry("ledger_interval", "30s"),
            Map.entry("user_count", "3"),
            Map.entry(
                "users",
                "main{region=https://eea.okx.com demo=true ccys=USDT,BTC,JP,XYZ1 api_key=***"
                    + " secret_key=*** passphrase=*** max_requests_per_second=0.5"
                    + " rate_limit_group=main-uid proxy_url=http://proxy.example:3128"
                    + " proxy_user=rented-1 proxy_password=***}"
                    + " Zoë \"2\"{region=http://127.0.0.1:8080 demo=false ccys=XYZ1 api_key=***"
                    + " secret_key=*** passphrase=*** max_requests_per_second=0.5"
                    + " rate_limit_group=main-uid}"
                    + " third{region=https://okx.example:8443 demo=false ccys=USDT,BTC"
                    + " api_key=*** secret_key=*** passphrase=*** max_requests_per_second=1}"));
  }

  @Test
  void the_effective_configuration_shows_every_user() throws Exception {
    Config config = load("full.yml");
    Map<String, String> effective = config.effective();
    assertThat(effective.keySet())
        .containsExactly(
            "poll_interval",
            "stale_after",
            "max_requests_per_second_total",
            "diagnosis",
            "allow_trading_keys",
            "flows",
            "ledger_interval",
            "user_count",
            "users[0]",
            "users[1]",
            "users[2]");
    String users = String.join(" ", List.copyOf(effective.values()).subList(8, 11));
    assertThat(config.summary()).containsEntry("users", users);
  }

  @Test
  void neither_summary_nor_toString_shows_a_secret() throws Exception {
    for (String file : List.of("full.yml", "smallest.yml")) {
      Config config = load(file);
      for (String secret :
          List.of(
              "the-key",
              "the-secret",
              "the-pass",
              "file-",
              "file pass",
              "inline",
              "p3",
              "proxy-pass")) {
        assertThat(config + " " + config.summary() + config.effective()).doesNotContain(secret);
      }
    }
  }

  /** YAML reads each of these as another type, and would write it differently. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345",
        "0x1F",
        "0b11",
        "0o17",
        "017",
        "1e3",
        "1_000",
        "1.50",
        ".5",
        "+1",
        "yes",
        "No",
        "on",
        "TRUE",
        "1:30",
        "2026-11-22",
        ".inf",
        ".NaN",
        "123456789012345678901234567890"
      })
  void a_secret_is_taken_as_it_is_written(String secret) throws Exception {
    User user = load(write(user("a", secret, ""))).users().get(0);
    assertThat(user.credentials()).isEqualTo(credentials(secret, "the-secret", "the-pass"));
  }

  @ParameterizedTest
  @CsvSource({
    "global, https://openapi.okx.com",
    "eea, https://eea.okx.com",
    "us, https://us.okx.com",
    "https://openapi.okx.com, https://openapi.okx.com",
    "https://openapi.okx.com:443, https://openapi.okx.com",
    "https://OpenAPI.okx.COM, https://openapi.okx.com",
    "https://openapi.okx.com., https://openapi.okx.com",
    "HTTPS://EEA.okx.com.:443, https://eea.okx.com",
    "https://openapi.okx.com:80, https://openapi.okx.com:80",
    "https://www.okx.com, https://www.okx.com",
    "http://LOCALHOST:80, http://localhost",
    "http://localhost, http://localhost",
    "http://127.8.8.8:1, http://127.8.8.8:1",
    "'\"http://[::1]:8080\"', http://[::1]:8080"
  })
  void a_region_is_a_name_or_an_origin_of_which_there_is_one_spelling(String region, String url)
      throws Exception {
    User user = load(write(user("a", "the-key", "region: " + region))).users().get(0);
    assertThat(user.baseUrl()).hasToString(url);
  }

  @Test
  void the_smallest_stale_after_that_a_message_names_is_accepted() throws Exception {
    Path file = write(user("a", "the-key", "") + "stale_after: 12s120ms\npoll_interval: 1s\n");
    assertThat(load(file).staleAfter()).isEqualTo(Duration.ofMillis(12_120));
  }

  @Test
  void diagnosis_can_be_switched_off() throws Exception {
    Config config = load(write(user("a", "the-key", "") + "diagnosis: false\n"));
    assertThat(config.diagnosis()).isFalse();
    assertThat(config.allowTradingKeys()).isTrue();
  }

  @Test
  void one_key_may_serve_two_users_of_one_group() throws Exception {
    String group = "rate_limit_group: g";
    Path file = write(user("a", "the-key", group) + user("b", "the-key", group));
    assertThat(load(file).users()).hasSize(2);
  }

  @Test
  void a_file_with_a_byte_order_mark_and_windows_line_ends_is_read() throws Exception {
    String text = "\uFEFF" + users(user("a", "the-key", "region: us")).replace("\n", "\r\n");
    Path file = Files.writeString(folder.resolve("okx.yml"), text);
    assertThat(load(file).users().get(0).baseUrl()).isEqualTo(URI.create("https://us.okx.com"));
  }

  @Test
  void variables_of_kubernetes_and_empty_ones_do_not_matter_beside_a_file() throws Exception {
    Map<String, String> env = Map.of("OKX_EXPORTER_PORT", "tcp://10.0.0.1", "OKX_REGION", "");
    assertThat(Configs.load(resource("smallest.yml"), env).warnings()).isEmpty();
  }

  @Test
  void unknown_variables_warn_beside_a_file_too() throws Exception {
    Config config = Configs.load(resource("smallest.yml"), Map.of("OKX_FOO", "bar"));
    assertThat(config.warnings()).containsExactly("OKX_FOO: unknown variable");
  }

  @Test
  void a_total_rate_that_makes_values_stale_warns() throws Exception {
    Path file = write(user("a", "the-key", "") + "max_requests_per_second_total: 0.01\n");
    assertThat(load(file).warnings())
        .containsExactly(
            "max_requests_per_second_total: \"0.01\": too low for 2 units and stale_after 5m,"
                + " which should be at least 10m");
  }

  @Test
  void five_thousand_users_load_and_the_summary_stays_short() throws Exception {
    String users =
        IntStream.range(0, 5_000)
            .mapToObj(i -> user("user" + i, "key-" + i, "ccys: [USDT, BTC]"))
            .collect(Collectors.joining());
    Config config = load(write(users));
    assertThat(config.users()).hasSize(5_000);
    assertThat(config.warnings()).isEmpty();
    assertThat(config.summary().get("users")).endsWith("} and 4995 more").hasSizeLessThan(1_000);
    assertThat(config.effective()).hasSize(8 + 5_000).containsKey("users[4999]");
  }

  @Test
  void five_thousand_wrong_users_are_all_reported() throws Exception {
    String user = user("same", "the-key", "regoin: eea");
    Path file = write(user.repeat(5_000));
    Map<String, Integer> keys = new HashMap<>();
    try {
      load(file);
    } catch (ConfigException e) {
      e.problems().forEach(problem -> keys.merge(problem.expected(), 1, Integer::sum));
    }
    assertThat(keys)
        .containsEntry("unknown key, did you mean region?", 5_000)
        .containsEntry("expected a name that no other user has", 4_999);
  }

  private static Config load(String name) throws Exception {
    return load(resource(name));
  }

  private static Config load(Path file) throws ConfigException {
    return Configs.load(file);
  }

  private static Path resource(String name) throws Exception {
    return Path.of(Objects.requireNonNull(GoodFilesTest.class.getResource("good/" + name)).toURI());
  }

  private Path write(String users) throws Exception {
    return Files.writeString(folder.resolve("okx.yml"), users(users));
  }

  private static String users(String users) {
    return "users:\n" + users;
  }

  private static String user(String name, String apiKey, String more) {
    return "  - name: "
        + name
        + "\n    api_key: "
        + apiKey
        + "\n    secret_key: the-secret\n    passphrase: the-pass\n"
        + (more.isEmpty() ? "" : "    " + more + "\n");
  }

  private static Credentials credentials(String apiKey, String secretKey, String passphrase) {
    return new Credentials(new Secret(apiKey), new Secret(secretKey), new Secret(passphrase));
  }
}
