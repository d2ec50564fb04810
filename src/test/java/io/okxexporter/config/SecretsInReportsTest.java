package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.file.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that is also the value of another setting, set by mistake. */
class SecretsInReportsTest {
  private static final List<String> SECRETS = List.of("api_key", "secret_key", "passphrase");

  /** With a percent sign for the secret, each in a file that has a problem. */
  private static final List<String> MISTAKES =
      List.of(
          "region: %",
          "region: '%x'",
          "region: ' %'",
          "region: 'https://%/'",
          "proxy_url: 'http://%'",
          "ccys: [%]",
          "max_requests_per_second: %",
          "demo: %",
          "%: true",
          "'%': true",
          "name: %",
          "rate_limit_group: %",
          "passphrase_file: '%'",
          "passphrase_file: './%'");

  private final TestFiles files = new TestFiles();

  @Property(tries = 300)
  void no_report_shows_a_secret(
      @ForAll("secrets") String secret,
      @ForAll("mistakes") String mistake,
      @ForAll("keys") String key,
      @ForAll boolean inFile)
      throws Exception {
    Path folder = Files.createTempDirectory("okx-exporter");
    try {
      Files.writeString(folder.resolve("secret"), secret + "\n");
      String set = inFile ? key + "_file: secret" : key + ": '" + secret.replace("'", "''") + "'";
      String yaml =
          """
          poll_interval: nonsense
          users:
            - {name: 'other %2$s', api_key: same, secret_key: b, passphrase: c, %1$s}
            - {name: 'other %2$s', api_key: same, secret_key: b, %1$s, rate_limit_group: g}
            - {%3$s}
          """
              .formatted(mistake.replace("%", secret), secret, set);
      for (String problem : problems(folder, yaml)) {
        assertThat(visible(problem)).doesNotContain(visible(secret));
      }
    } finally {
      delete(folder);
    }
  }

  @Test
  void the_mistake_itself_is_still_reported() {
    assertThat(
            environment(
                Map.of(
                    "OKX_API_KEY",
                    "mars",
                    "OKX_SECRET_KEY",
                    "b",
                    "OKX_PASSPHRASE",
                    "Pass-Phrase1",
                    "OKX_REGION",
                    "mars",
                    "OKX_CCYS",
                    "pass-phrase1")))
        .allSatisfy(problem -> assertThat(problem.value()).isNull())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder("OKX_REGION", "OKX_CCYS[0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OKX_USER", "OKX_PROXY_USER"})
  void a_name_that_equals_a_secret_behind_a_proxy_is_refused(String variable) {
    Map<String, String> env =
        new HashMap<>(
            Map.of("OKX_API_KEY", "a", "OKX_SECRET_KEY", "b", "OKX_PASSPHRASE", "Phrase1!"));
    env.putAll(
        Map.of(
            "OKX_PROXY_URL", "http://127.0.0.1:3128",
            "OKX_PROXY_USER", "rented-1",
            "OKX_PROXY_PASSWORD", "Word1!"));
    env.put(variable, "Word1!");
    assertThat(environment(env))
        .extracting(Problem::toString)
        .containsExactly(variable + ": expected a name, but it equals a secret of this user");
  }

  @Test
  void a_name_that_equals_a_secret_would_be_a_label_and_is_refused() {
    assertThat(
            environment(
                Map.of(
                    "OKX_API_KEY",
                    "a",
                    "OKX_SECRET_KEY",
                    "b",
                    "OKX_PASSPHRASE",
                    "Phrase1!",
                    "OKX_USER",
                    "Phrase1!")))
        .extracting(Problem::toString)
        .containsExactly("OKX_USER: expected a name, but it equals a secret of this user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mar", "xmars", "eu"})
  void other_values_are_shown_also_beside_short_secrets(String region) {
    assertThat(
            environment(
                Map.of(
                    "OKX_API_KEY",
                    "mars",
                    "OKX_SECRET_KEY",
                    "b",
                    "OKX_PASSPHRASE",
                    "c",
                    "OKX_REGION",
                    region)))
        .extracting(Problem::value)
        .containsExactly(region);
  }

  private List<Problem> environment(Map<String, String> env) {
    return problems(new ConfigSource(null, env, null, files));
  }

  private List<String> problems(Path folder, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("okx.yml"), yaml);
    return problems(new ConfigSource(file, Map.of(), null, files)).stream()
        .map(Problem::toString)
        .toList();
  }

  private static List<Problem> problems(ConfigSource source) {
    try {
      return source.load().warnings().stream()
          .map(warning -> new Problem(warning, null, ""))
          .toList();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        Files.delete(path);
      }
    }
    Files.delete(folder);
  }

  private static String visible(String text) {
    return text.replaceAll("[^!-~]", "").toLowerCase(Locale.ROOT);
  }

  /** Long enough not to be part of a word of ours. */
  @Provide
  Arbitrary<String> secrets() {
    Arbitrary<String> plain =
        Arbitraries.strings().alpha().numeric().ofMinLength(10).ofMaxLength(40);
    Arbitrary<String> any =
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(10).ofMaxLength(40);
    return Arbitraries.oneOf(plain, any);
  }

  @Provide
  Arbitrary<String> mistakes() {
    return Arbitraries.of(MISTAKES);
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(SECRETS);
  }
}
