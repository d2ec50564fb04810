package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The runnable jar in a locale that cannot represent a letter of "Jörg" and reads it as three
 * bytes. A shell writes the name, so this test does not depend on its own locale.
 */
class LocaleIT {
  private static final String NAME = "name=$(printf 'J\\303\\266rg'); ";
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";
  private static final String JAR = System.getProperty("okx-exporter.jar", "not set");
  private static final String CAUSE = "set LANG=C.UTF-8";

  @TempDir Path folder;

  /** Runs a shell script that may use {@code $name} and {@code $exporter}. */
  private static Child shell(String locale, Map<String, String> variables, String script)
      throws IOException {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("PATH", System.getenv("PATH"));
    environment.put(locale.replaceFirst("=.*", ""), locale.replaceFirst(".*=", ""));
    String exporter = "exporter='" + JAVA + " -jar " + JAR + "'; ";
    return Child.start(environment, List.of("sh", "-c", NAME + exporter + script));
  }

  private static void assertRefused(String script, Consumer<String> output) throws Exception {
    try (Child exporter = shell("LC_ALL=C", Map.of(), script)) {
      int exitCode = exporter.awaitExit();
      assertThat(exporter.err())
          .contains(CAUSE)
          .doesNotContain("msg=", "Exception", "\tat ", "planted")
          .satisfies(output);
      assertThat(exitCode).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--config.file",
        "--web.config.file",
        "--web.telemetry-path",
        "--web.listen-address",
        "--web.allowed-host",
        "--shard",
        "--log.format",
      })
  void a_flag_with_lost_letters_is_refused(String flag) throws Exception {
    assertRefused(
        "exec $exporter \"" + flag + "=/$name\"",
        output -> assertThat(output).startsWith("okx-exporter: " + flag + ": \"/J"));
    assertRefused(
        "exec $exporter check " + flag + " \"/$name\"",
        output -> assertThat(output).startsWith("okx-exporter: " + flag + ": \"/J"));
  }

  @Test
  void variables_with_lost_letters_are_refused_all_at_once() throws Exception {
    assertRefused(
        "export OKX_USER=$name OKX_REGION=$name OKX_DEMO=$name OKX_CCYS=$name"
            + " OKX_DIAGNOSIS=$name OKX_ALLOW_TRADING_KEYS=$name OKX_API_KEY_FILE=planted$name"
            + " OKX_SECRET_KEY_FILE=/$name; exec env OKX_API_K$name=planted $exporter",
        output ->
            assertThat(output.lines().filter(line -> line.contains(CAUSE)))
                .extracting(line -> line.replaceFirst(":.*", ""))
                .anyMatch(name -> name.startsWith("OKX_API_KJ"))
                .contains(
                    "OKX_ALLOW_TRADING_KEYS",
                    "OKX_API_KEY_FILE",
                    "OKX_CCYS",
                    "OKX_DEMO",
                    "OKX_DIAGNOSIS",
                    "OKX_REGION",
                    "OKX_SECRET_KEY_FILE",
                    "OKX_USER")
                .hasSize(9));
    assertRefused(
        "export OKX_SHARD=$name; exec $exporter --simulate",
        output -> assertThat(output).contains("OKX_SHARD: \"J"));
  }

  @Test
  void paths_in_a_configuration_that_the_locale_cannot_write_are_refused() throws Exception {
    Path config =
        write(
            "okx.yml",
            """
            users:
            - name: Jörg
              api_key_file: Jörg
              secret_key_file: /Jörg
              passphrase_file: a/Jörg
            """);
    Path web =
        write(
            "web.yml",
            """
            tls_server_config:
              cert_file: Jörg
              key_file: /Jörg
              client_ca_file: a/Jörg
            """);
    assertRefused(
        "exec $exporter --config.check --config.file=" + config + " --web.config.file=" + web,
        output ->
            assertThat(output.lines().filter(line -> line.contains(CAUSE)))
                .extracting(line -> line.replaceFirst(":.*", ""))
                .containsExactlyInAnyOrder(
                    "users[0].api_key_file",
                    "users[0].secret_key_file",
                    "users[0].passphrase_file",
                    "tls_server_config.cert_file",
                    "tls_server_config.key_file",
                    "tls_server_config.client_ca_file"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_file_in_a_working_directory_with_lost_letters_is_refused() throws Exception {
    write("okx.yml", "users: []\n");
    String there = "cd " + folder + "; mkdir $name; cp okx.yml $name; cd $name; ";
    assertRefused(
        there + "exec $exporter --config.file=okx.yml",
        output -> assertThat(output).startsWith("okx-exporter: --config.file: \"okx.yml\": "));
    assertRefused(
        "cd " + folder + "/$name; OKX_API_KEY_FILE=okx.yml exec $exporter",
        output -> assertThat(output).contains("OKX_API_KEY_FILE: "));
  }

  @Test
  void a_name_from_a_file_is_served_whatever_the_locale() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(1)) {
      Path config = write("okx.yml", exchange.yaml().replace("name: user1", "name: Jörg"));
      assertServed("LC_ALL=C", Map.of(), "exec $exporter --config.file=" + config);
    }
  }

  @Test
  void a_report_is_in_utf_8_whatever_the_locale() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(1)) {
      Path config = write("okx.yml", exchange.yaml().replace("name: user1", "name: Jörg"));
      String script = "exec $exporter check --format=json --config.file=" + config;
      try (Child check = shell("LC_ALL=C", Map.of(), script)) {
        assertThat(check.out()).contains("\"Jörg\"");
      }
    }
  }

  @Test
  void in_a_locale_that_has_the_letters_names_and_paths_are_as_they_were_given() throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      Map<String, String> key = new HashMap<>(exchange.environment());
      Files.writeString(folder.resolve("passphrase"), key.remove("OKX_PASSPHRASE"));
      assertServed(
          "LANG=C.UTF-8",
          key,
          "cd "
              + folder
              + "; mkdir $name; mv passphrase $name; cd $name; export OKX_USER=$name"
              + " OKX_PASSPHRASE_FILE=../$name/passphrase; exec $exporter");
    }
  }

  private static void assertServed(String locale, Map<String, String> variables, String script)
      throws Exception {
    try (Child exporter = shell(locale, variables, script + " --web.listen-address=127.0.0.1:0")) {
      URI url = Http.url(exporter.awaitLine("msg=\"serving")).resolve("/metrics");
      exporter.poll(
          Duration.ofSeconds(60),
          () -> new Http().body(url),
          metrics -> metrics.contains("okx_up{user=\"Jörg\"} 1.0"));
    }
  }
}
