package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.file.NamedPipes;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The running jar with configuration files that are pipes or cannot be used. */
class FilesIT {
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";
  private static final String NOT_REGULAR =
      "expected a regular file: a pipe or device cannot be read again";
  private static final String TOO_SLOW = "timed out after 5 s";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final Http http = new Http();

  @TempDir private Path folder;

  @Test
  void a_pipe_for_a_secret_is_refused_by_the_start_and_by_both_checks() throws Exception {
    Path pipe = NamedPipes.make(folder.resolve("key"));
    Map<String, String> env =
        Map.of("OKX_API_KEY_FILE", pipe.toString(), "OKX_SECRET_KEY", "s", "OKX_PASSPHRASE", "p");
    for (String arg : List.of(ANY_PORT, "--config.check", "check")) {
      try (Child exporter = Child.jar(env, arg)) {
        assertThat(exporter.awaitExit()).as(arg).isEqualTo(2);
        String output = (exporter.err() + exporter.out()).replaceAll("\\s+", " ");
        assertThat(output).contains("OKX_API_KEY_FILE: \"", NOT_REGULAR);
      }
    }
  }

  @Test
  void a_configuration_from_which_nothing_comes_is_given_up() throws Exception {
    Path pipe = NamedPipes.make(folder.resolve("okx.yml"));
    try (Child exporter = Child.jar(Map.of(), "--config.file=" + pipe)) {
      assertThat(exporter.awaitExit()).isEqualTo(2);
      assertThat(exporter.err()).contains("--config.file: \"" + pipe, TOO_SLOW);
    }
  }

  /** As with {@code --config.file <(sops -d okx.yml)}. */
  @Test
  void a_configuration_may_come_through_a_pipe_but_is_not_reloaded() throws Exception {
    try (LocalExchange exchange = LocalExchange.named(1)) {
      Path file = Files.writeString(folder.resolve("okx.yml"), exchange.yaml());
      List<String> command =
          List.of(
              "bash",
              "-c",
              "exec \"$@\" --config.file=<(cat " + file + ")",
              "bash",
              System.getProperty("java.home") + "/bin/java",
              "-jar",
              System.getProperty("okx-exporter.jar", "not set"),
              ANY_PORT,
              "--web.enable-lifecycle");
      try (Child exporter = Child.start(Map.of("PATH", "/usr/bin:/bin"), command)) {
        URI url = Http.url(exporter.awaitLine("msg=\"serving"));
        awaitUp(exporter, url, "okx_up{user=\"user1\"}");
        HttpResponse<String> response = http.send("POST", url.resolve("/-/reload"));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("--config.file: \"/dev/fd/", NOT_REGULAR);
        exporter.awaitLine("new configuration is invalid; keeping the current one.*--config.file");
        assertThat(http.scrape(url).value("okx_up{user=\"user1\"}")).isOne();
        assertThat(exporter.terminate()).isEqualTo(143);
      }
    }
  }

  @Test
  void a_pipe_that_takes_the_place_of_a_secret_changes_nothing() throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      Path file = folder.resolve("key");
      Map<String, String> env = new HashMap<>(exchange.environment());
      Files.writeString(file, String.valueOf(env.remove("OKX_API_KEY")));
      env.put("OKX_API_KEY_FILE", file.toString());
      try (Child exporter = Child.jar(env, ANY_PORT)) {
        URI url = Http.url(exporter.awaitLine("msg=\"serving"));
        awaitUp(exporter, url, "okx_up");
        Files.delete(file);
        NamedPipes.make(file);
        assertThat(
                exporter.awaitLine("invalid secret files; affected users keep their current keys"))
            .contains(NOT_REGULAR);
        assertThat(http.scrape(url).value("okx_up")).isOne();
      }
    }
  }

  private void awaitUp(Child exporter, URI url, String up) throws Exception {
    exporter.poll(TIMEOUT, () -> http.scrape(url), it -> it.has(up) && it.value(up) == 1);
  }

  @Test
  void a_web_configuration_is_no_pipe() throws Exception {
    Path file = Files.writeString(folder.resolve("web.yml"), "");
    String flag = "--web.config.file=" + file;
    try (Child exporter = Child.jar(Map.of(), "--simulate", ANY_PORT, flag)) {
      URI url = Http.url(exporter.awaitLine("msg=\"serving"));
      Files.delete(file);
      NamedPipes.make(file);
      assertThat(http.send("GET", url).statusCode()).isEqualTo(500);
      assertThat(exporter.awaitLine("invalid web configuration; answering 500 until it is fixed"))
          .contains(NOT_REGULAR);
    }
    try (Child exporter = Child.jar(Map.of(), "--simulate", ANY_PORT, flag)) {
      assertThat(exporter.awaitExit()).isEqualTo(2);
      assertThat(exporter.err()).contains("--web.config.file: \"", NOT_REGULAR);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ANY_PORT, "--config.check", "check"})
  void a_trust_store_that_cannot_be_used_is_refused(String arg) throws Exception {
    Path store = new Authority("ca").trustStore(folder);
    String password = "-Djavax.net.ssl.trustStorePassword=planted";
    assertRefused(arg, "expected its password in", store, password);
    assertRefused(arg, "it does not exist", folder.resolve("nowhere"), password);
    assertRefused(
        arg, "nonsense KeyStore not available", store, "-Djavax.net.ssl.trustStoreType=nonsense");
  }

  private static void assertRefused(String arg, String expected, Path store, String option)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Djavax.net.ssl.trustStore=" + store, option));
    command.addAll(List.of("-jar", System.getProperty("okx-exporter.jar", "not set"), arg));
    Map<String, String> key =
        Map.of("OKX_API_KEY", "k", "OKX_SECRET_KEY", "s", "OKX_PASSPHRASE", "p");
    try (Child exporter = Child.start(key, command)) {
      assertThat(exporter.awaitExit()).isEqualTo(1);
      String output = (exporter.err() + exporter.out()).replaceAll("\\s+", " ");
      assertThat(output)
          .contains("the trust store " + store, expected)
          .doesNotContain("planted", "\tat ", "serving");
    }
  }
}
