package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

class EnvironmentTest {
  private static final Map<String, String> KEY =
      Map.of(
          "OKX_API_KEY", "s3cr3t-key",
          "OKX_SECRET_KEY", "s3cr3t-secret",
          "OKX_PASSPHRASE", "s3cr3t-pass");

  private static final String NOTHING =
      "OKX_API_KEY, OKX_SECRET_KEY, OKX_PASSPHRASE: expected the three parts of a read-only OKX API"
          + " key, each in its variable or in a file named by the variable with _FILE appended; use"
          + " --config.file for several users, --simulate to try it without a key";

  @TempDir private Path folder;

  @Test
  void three_variables_are_enough_for_a_user_without_a_name() throws Exception {
    assertThat(load(KEY))
        .isEqualTo(
            Config.defaults(
                List.of(
                    new User(
                        null,
                        URI.create("https://openapi.okx.com"),
                        false,
                        List.of("USDT", "BTC"),
                        new Credentials(
                            new Secret("s3cr3t-key"),
                            new Secret("s3cr3t-secret"),
                            new Secret("s3cr3t-pass")),
                        1,
                        null,
                        null))));
  }

  @Test
  void the_other_variables_are_taken() throws Exception {
    Map<String, String> env =
        with(
            "OKX_REGION", "us", "OKX_DEMO", "true", "OKX_CCYS", "EUR, 123 ,BTC", "OKX_USER", "007");
    User user = load(env).users().get(0);
    assertThat(user.baseUrl()).isEqualTo(URI.create("https://us.okx.com"));
    assertThat(user.demo()).isTrue();
    assertThat(user.ccys()).containsExactly("EUR", "123", "BTC");
    assertThat(user.name()).isEqualTo("007");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eea|eu, EU, Europe, eur, emea, EEA, eee, aea, my, my.okx.com, eea.okx.com",
        "us|usa, USA, US, America, United States, united-states, app, app.okx.com, us.okx.com",
        "us|au, Australia",
        "global|www, WWW.OKX.COM, okx.com, openapi.okx.com, Global, globl, gobal, world, intl",
      })
  void a_region_by_another_name_gets_a_suggestion(String region, String names) {
    for (String name : names.split(", ", -1)) {
      assertThat(refusal(with("OKX_REGION", name)))
          .hasMessage(
              "OKX_REGION: \"%s\": expected global, eea, us or an https URL, did you mean %s?",
              name, region);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mars", "uk", "jp", "a", "ws", "eu.okx.example", "https://eea.okx.com/"})
  void any_other_region_gets_none(String region) {
    assertThat(refusal(with("OKX_REGION", region)))
        .hasMessageMatching(
            "OKX_REGION: \".*\": expected global, eea, us or an https URL"
                + "( with scheme, host and optional port only)?");
  }

  @Test
  void a_proxy_and_its_password_are_taken() throws Exception {
    URI url = URI.create("http://proxy.example:3128");
    assertThat(load(with("OKX_PROXY_URL", url.toString())).users().get(0).proxy())
        .isEqualTo(new HttpProxy(url, null));
    HttpProxy withLogin = new HttpProxy(url, new Login("rented-1", new Secret("pass")));
    Map<String, String> inline =
        with(
            "OKX_PROXY_URL", url.toString(),
            "OKX_PROXY_USER", "rented-1",
            "OKX_PROXY_PASSWORD", "pass");
    assertThat(load(inline).users().get(0).proxy()).isEqualTo(withLogin);
    Map<String, String> inFile = new HashMap<>(inline);
    inFile.put("OKX_PROXY_PASSWORD", "");
    inFile.put(
        "OKX_PROXY_PASSWORD_FILE",
        Files.writeString(folder.resolve("proxy_password"), "pass\n").toString());
    assertThat(load(inFile).users().get(0).proxy()).isEqualTo(withLogin);
  }

  @Test
  void a_wrong_proxy_is_refused_by_its_variables_and_no_password_is_shown() {
    assertThat(
            refusal(
                with("OKX_PROXY_URL", "https://a:1", "OKX_PROXY_PASSWORD_FILE", "/s3cr3t\uFFFD")))
        .hasMessage("OKX_PROXY_PASSWORD_FILE: expected text in UTF-8");
    assertThat(refusal(with("OKX_PROXY_URL", "https://a:1", "OKX_PROXY_PASSWORD", "s3cr3t ")))
        .hasMessage(
            """
            OKX_PROXY_USER: must be set together with OKX_PROXY_PASSWORD
            OKX_PROXY_PASSWORD: expected a secret without leading or trailing blanks
            OKX_PROXY_URL: "https://a:1": expected http://host:port\
            """);
    assertThat(refusal(with("OKX_PROXY_URL", "http://a:1", "OKX_PROXY_USER", "me")))
        .hasMessage("OKX_PROXY_PASSWORD: this or OKX_PROXY_PASSWORD_FILE must be set");
  }

  @Test
  void proxies_set_for_other_programs_are_named_once_and_without_their_values() throws Exception {
    Map<String, String> ignored =
        with(
            "HTTPS_PROXY", "http://me:s3cr3t@proxy:1",
            "https_proxy", "http://me:s3cr3t@proxy:1",
            "ALL_PROXY", "",
            "NO_PROXY", "*",
            "-Dhttps.proxyHost", "s3cr3t.example");
    assertThat(load(ignored).warnings())
        .containsExactly(
            "HTTPS_PROXY, https_proxy, -Dhttps.proxyHost: not used; if OKX is to be reached"
                + " through a proxy, set OKX_PROXY_URL");
    ignored.put("OKX_PROXY_URL", "http://proxy:1");
    assertThat(load(ignored).warnings()).isEmpty();
    for (String name : List.of("all_proxy", "ALL_PROXY", "-DsocksProxyHost")) {
      assertThat(load(with(name, "x")).warnings()).singleElement().asString().startsWith(name);
    }
  }

  @Test
  void a_file_in_which_one_user_has_no_proxy_warns_of_those_set_for_other_programs()
      throws Exception {
    String user = "  - {name: %s, api_key: key-%1$s, secret_key: s, passphrase: p%s}\n";
    String proxy = ", proxy_url: 'http://proxy:1'";
    Map<String, String> env = Map.of("https_proxy", "http://proxy:1");
    Path one = folder.resolve("okx.yml");
    Files.writeString(one, "users:\n" + user.formatted("a", proxy) + user.formatted("b", ""));
    assertThat(Configs.load(one, env).warnings())
        .containsExactly(
            "https_proxy: not used; if OKX is to be reached through a proxy, set proxy_url");
    Files.writeString(one, "users:\n" + user.formatted("a", proxy) + user.formatted("b", proxy));
    assertThat(Configs.load(one, env).warnings()).isEmpty();
  }

  @Test
  void options_of_java_are_looked_at_like_variables() {
    System.setProperty("https.proxyHost", "proxy.example");
    try {
      assertThat(IgnoredProxies.withOptions(Map.of("A", "b")))
          .containsEntry("-Dhttps.proxyHost", "proxy.example")
          .containsEntry("A", "b");
    } finally {
      System.clearProperty("https.proxyHost");
    }
  }

  @Test
  void empty_variables_other_than_secrets_are_as_good_as_unset() throws Exception {
    Map<String, String> env =
        with(
            "OKX_REGION", "",
            "OKX_DEMO", "",
            "OKX_CCYS", "",
            "OKX_USER", "",
            "OKX_PROXY_URL", "",
            "OKX_PROXY_USER", "",
            "OKX_PROXY_PASSWORD", "",
            "OKX_PROXY_PASSWORD_FILE", "",
            "OKX_DIAGNOSIS", "",
            "OKX_ALLOW_TRADING_KEYS", "");
    assertThat(load(env)).isEqualTo(load(KEY));
  }

  @Test
  void diagnosis_and_trading_keys_are_switched_off_one_by_one() throws Exception {
    Config quiet = load(with("OKX_DIAGNOSIS", "false", "OKX_ALLOW_TRADING_KEYS", "true"));
    assertThat(quiet.diagnosis()).isFalse();
    assertThat(quiet.allowTradingKeys()).isTrue();
    Config strict = load(with("OKX_DIAGNOSIS", "true", "OKX_ALLOW_TRADING_KEYS", "false"));
    assertThat(strict.diagnosis()).isTrue();
    assertThat(strict.allowTradingKeys()).isFalse();
  }

  @Test
  void trading_keys_cannot_be_refused_without_asking_what_they_may() {
    assertThat(refusal(with("OKX_DIAGNOSIS", "false", "OKX_ALLOW_TRADING_KEYS", "false")))
        .hasMessage(
            "OKX_ALLOW_TRADING_KEYS: \"false\": expected OKX_DIAGNOSIS to be true: without it, the"
                + " permissions of keys are unknown");
  }

  /** Secrets have no such letters, and variables without the prefix are ignored. */
  @Test
  void what_the_locale_has_damaged_is_refused_before_all_else() {
    Map<String, String> env = new HashMap<>(KEY);
    env.putAll(Map.of("OKX_USER", "J\uFFFDrg", "OKX_PASSPHRASE_FILE", "/s3cr3t\uFFFD"));
    env.putAll(Map.of("OKX_\uFFFD", "s3cr3t", "OKX_UNKNOWN", "\uFFFD", "OTHER", "\uFFFD"));
    String expected = ": expected text in UTF-8";
    assertThat(refusal(env))
        .hasMessage(
            String.join(
                "\n",
                "OKX_PASSPHRASE_FILE" + expected,
                "OKX_USER: \"J\uFFFDrg\"" + expected,
                "OKX_\uFFFD" + expected));
    assertThat(refusal(with("OKX_PASSPHRASE", "\uFFFD")))
        .hasMessage(
            "OKX_PASSPHRASE: expected a secret of one line of printable ASCII, but character 1 is not"
                + " ASCII");
  }

  @Test
  void secrets_come_from_files_too() throws Exception {
    Map<String, String> env = new HashMap<>(KEY);
    env.remove("OKX_PASSPHRASE");
    Path file = Files.writeString(folder.resolve("passphrase"), "from a file\r\n");
    env.put("OKX_PASSPHRASE_FILE", file.toString());
    assertThat(load(env).users().get(0).credentials().passphrase())
        .isEqualTo(new Secret("from a file"));
  }

  @Test
  void nothing_at_all_says_what_to_set_and_that_there_is_a_simulation() {
    assertThat(refusal(Map.of("HOME", "/root"))).hasMessage(NOTHING);
  }

  @Test
  void settings_without_a_key_are_nothing() {
    assertThat(refusal(Map.of("OKX_REGION", "eea"))).hasMessage(NOTHING);
    assertThat(refusal(Map.of("OKX_PROXY_PASSWORD", "s3cr3t"))).hasMessage(NOTHING);
  }

  @Test
  void misspelt_variables_are_named_where_something_is_missing() {
    assertThat(refusal(Map.of("OKX_APIKEY", "s3cr3t", "OKX_EXPORTER_PORT", "1")))
        .hasMessage(NOTHING + "\nOKX_APIKEY: unknown variable, did you mean OKX_API_KEY?");
  }

  @Test
  void what_is_missing_of_a_key_is_named() {
    assertThat(refusal(Map.of("OKX_API_KEY", "s3cr3t", "OKX_API_SECRET", "s3cr3t")))
        .hasMessage(
            """
            OKX_SECRET_KEY: this or OKX_SECRET_KEY_FILE must be set
            OKX_PASSPHRASE: this or OKX_PASSPHRASE_FILE must be set
            OKX_API_SECRET: unknown variable\
            """);
  }

  @Test
  void all_mistakes_are_reported_at_once_and_no_secret_is_shown() {
    Map<String, String> env =
        with(
            "OKX_API_KEY", "",
            "OKX_SECRET_KEY", "s3cr3t\n",
            "OKX_PASSPHRASE_FILE", "s3cr3t-pass",
            "OKX_REGION", "mars",
            "OKX_DEMO", "yes",
            "OKX_CCYS", "USDT,,btc",
            "OKX_USER", " me",
            "OKX_DIAGNOSIS", "off",
            "OKX_ALLOW_TRADING_KEYS", "False");
    assertThat(refusal(env))
        .hasMessage(
            """
            OKX_API_KEY: expected a secret, but it is empty
            OKX_SECRET_KEY: expected a secret of one line of printable ASCII, but character 7 is a line break
            OKX_PASSPHRASE: expected this or OKX_PASSPHRASE_FILE, not both
            OKX_USER: " me": expected 1 to 64 printable characters, without leading or trailing blanks
            OKX_REGION: "mars": expected global, eea, us or an https URL
            OKX_DEMO: "yes": expected true or false
            OKX_CCYS[1]: "": expected a unit of 2 to 10 capital letters and digits, such as USDT
            OKX_CCYS[2]: "btc": expected a unit of 2 to 10 capital letters and digits: BTC
            OKX_DIAGNOSIS: "off": expected true or false
            OKX_ALLOW_TRADING_KEYS: "False": expected true or false\
            """);
  }

  @Test
  void a_secret_given_as_the_name_of_a_file_is_not_shown() {
    Map<String, String> env = new HashMap<>(KEY);
    env.remove("OKX_API_KEY");
    env.put("OKX_API_KEY_FILE", "s3cr3t-key");
    assertThat(refusal(env))
        .hasMessage(
            "OKX_API_KEY_FILE: expected a readable file, but it does not exist (in "
                + Path.of("").toAbsolutePath()
                + ", by a name that may be the secret itself)");
  }

  @Test
  void a_missing_file_that_is_named_like_the_setting_is_shown() {
    Map<String, String> env = new HashMap<>(KEY);
    env.remove("OKX_API_KEY");
    env.putAll(Map.of("OKX_API_KEY_FILE", "api-key", "OKX_USER", "me"));
    assertThat(refusal(env))
        .hasMessage(
            "OKX_API_KEY_FILE: \"api-key\": expected a readable file, but it does not exist"
                + " (user \"me\", in %s)",
            Path.of("").toAbsolutePath());
  }

  @Test
  void unknown_variables_warn_by_name_but_those_of_kubernetes_do_not() throws Exception {
    Map<String, String> env =
        with("OKX_CCY", "s3cr3t", "OKX_FOO", "s3cr3t", "OKX_EXPORTER_SERVICE_HOST", "10.0.0.1");
    assertThat(load(env).warnings())
        .containsExactly(
            "OKX_CCY: unknown variable, did you mean OKX_CCYS?", "OKX_FOO: unknown variable");
  }

  @Test
  void more_units_than_the_default_stale_after_allows_need_a_file() {
    String units = IntStream.range(10, 60).mapToObj(i -> "U" + i).collect(Collectors.joining(","));
    assertThat(refusal(with("OKX_CCYS", units)))
        .hasMessage(
            "OKX_CCYS: \"50 units\": expected fewer units, or a configuration file with a longer"
                + " stale_after");
  }

  @Test
  void variables_beside_a_file_are_refused_by_name_with_the_mistakes_of_the_file()
      throws Exception {
    Path file = Files.writeString(folder.resolve("okx.yml"), "users: []");
    Map<String, String> env =
        with(
            "OKX_REGION", "eea",
            "OKX_USER", "",
            "OKX_DIAGNOSIS", "false",
            "OKX_ALLOW_TRADING_KEYS", "true");
    assertThat(catchThrowableOfType(ConfigException.class, () -> Configs.load(file, env)))
        .hasMessage(
            """
            OKX_API_KEY: expected to be unset with --config.file
            OKX_SECRET_KEY: expected to be unset with --config.file
            OKX_PASSPHRASE: expected to be unset with --config.file
            OKX_REGION: expected to be unset with --config.file
            OKX_DIAGNOSIS: expected to be unset with --config.file
            OKX_ALLOW_TRADING_KEYS: expected to be unset with --config.file
            users: expected a list of at least one user\
            """);
  }

  @Test
  void a_simulation_beside_real_keys_or_a_file_is_refused() {
    assertThat(
            catchThrowableOfType(
                ConfigException.class,
                () ->
                    SimulationConflicts.rejectAny(
                        Path.of("okx.yml"), Map.of("OKX_PASSPHRASE_FILE", "/run/x"))))
        .hasMessage(
            """
            --config.file: expected to be unset with --simulate: real keys and play money never mix
            OKX_PASSPHRASE_FILE: expected to be unset with --simulate: real keys and play money never mix\
            """);
  }

  @Test
  void a_simulation_alone_is_fine() {
    Map<String, String> env = Map.of("OKX_API_KEY", "", "OKX_EXPORTER_PORT", "1");
    assertThatCode(() -> SimulationConflicts.rejectAny(null, env)).doesNotThrowAnyException();
  }

  private static Map<String, String> with(String... more) {
    Map<String, String> env = new HashMap<>(KEY);
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return env;
  }

  private static Config load(Map<String, String> env) throws ConfigException {
    return Configs.load(null, env);
  }

  private static ConfigException refusal(Map<String, String> env) {
    ConfigException refusal =
        Objects.requireNonNull(catchThrowableOfType(ConfigException.class, () -> load(env)));
    assertThat(refusal).asString().doesNotContain("s3cr3t");
    return refusal;
  }
}
