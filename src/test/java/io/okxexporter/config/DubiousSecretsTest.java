package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DubiousSecretsTest {
  private static final String VARIABLE =
      ": looks like a variable that nothing has replaced; okx-exporter takes it as written";
  private static final String PLACEHOLDER =
      ": looks like a placeholder; put in what OKX shows, for a passphrase the one you chose";
  private static final String QUOTED =
      ": is in quotation marks, which are taken as part of the secret; remove them unless OKX has"
          + " them";

  private static final Map<String, List<String>> KINDS =
      Map.of(
          VARIABLE,
          List.of(
              "${OKX_PASSPHRASE}",
              "${OKX_API_KEY:-none}",
              "$OKX_SECRET_KEY",
              "$okx_secret_key",
              "$(cat /run/secrets/key)",
              "{{ okx_passphrase }}",
              "%OKX_API_KEY%",
              "\"${OKX_PASSPHRASE}\""),
          PLACEHOLDER,
          List.of(
              "YOUR_API_KEY",
              "your-secret-key",
              "yourpassphrase",
              "YOUR_OKX_API_KEY_HERE",
              "my-api-key",
              "<your passphrase>",
              "<API KEY>",
              "[passphrase]",
              "Insert-Key-Here",
              "REPLACE_ME",
              "changeme",
              "change-me",
              "example",
              "placeholder",
              "TODO",
              "null",
              "api_key",
              "SECRETKEY",
              "passphrase",
              "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
              "********",
              "...",
              "'YOUR_API_KEY'"),
          QUOTED,
          List.of("'Abc-123!'", "\"Abc-123!\"", "`Abc-123!`"));

  @TempDir private Path folder;

  static Stream<Arguments> dubious() {
    return KINDS.entrySet().stream()
        .flatMap(kind -> kind.getValue().stream().map(text -> Arguments.of(text, kind.getKey())));
  }

  @ParameterizedTest
  @MethodSource("dubious")
  void it_is_warned_of_in_a_variable_a_file_and_yaml(String text, String warning) throws Exception {
    Map<String, String> env = Map.of("OKX_API_KEY", "k", "OKX_SECRET_KEY", "s");
    assertThat(warnings(null, with(env, "OKX_PASSPHRASE", text)))
        .containsExactly("OKX_PASSPHRASE" + warning);
    Path secret = Files.writeString(folder.resolve("secret"), text + "\n");
    assertThat(warnings(null, with(env, "OKX_PASSPHRASE_FILE", secret.toString())))
        .containsExactly("OKX_PASSPHRASE_FILE" + warning);
    assertThat(warnings(yaml("'" + text.replace("'", "''") + "'"), Map.of()))
        .containsExactly("users[0].api_key" + warning);
  }

  @Test
  void many_of_one_kind_are_one_warning() throws Exception {
    Map<String, String> env =
        Map.of("OKX_API_KEY", "$A", "OKX_SECRET_KEY", "'Ab1!'", "OKX_PASSPHRASE", "${B}");
    assertThat(warnings(null, env))
        .containsExactly("OKX_API_KEY and 1 more" + VARIABLE, "OKX_SECRET_KEY" + QUOTED);
  }

  /** OKX requires capital and small letters, a digit and a special character. */
  @Provide
  Arbitrary<String> passphrases() {
    return Combinators.combine(
            Arbitraries.strings().withCharRange('A', 'Z').ofMinLength(1).ofMaxLength(8),
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8),
            Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(8),
            Arbitraries.strings().withChars("!#$%&*+-./:;=?@^_~").ofMinLength(1).ofMaxLength(4))
        .as(List::of)
        .flatMap(parts -> Arbitraries.shuffle(parts).map(shuffled -> String.join("", shuffled)));
  }

  @Property
  void a_passphrase_that_okx_accepts_is_not(@ForAll("passphrases") String passphrase)
      throws Exception {
    Map<String, String> env =
        Map.of(
            "OKX_API_KEY", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "OKX_SECRET_KEY", "0123456789ABCDEF0123456789ABCDEF",
            "OKX_PASSPHRASE", passphrase);
    assertThat(warnings(null, env)).isEmpty();
  }

  @Test
  void nor_is_a_long_text_that_looks_like_one_but_for_its_end() throws Exception {
    Map<String, String> env = Map.of("OKX_API_KEY", "k", "OKX_SECRET_KEY", "s");
    String text = "passphrase".repeat(400) + "!";
    assertThat(warnings(null, with(env, "OKX_PASSPHRASE", text))).isEmpty();
  }

  private static List<String> warnings(@Nullable Path file, Map<String, String> env)
      throws Exception {
    return Configs.load(file, env).warnings();
  }

  private static Map<String, String> with(Map<String, String> env, String name, String value) {
    return Stream.of(env, Map.of(name, value))
        .map(Map::entrySet)
        .flatMap(Set::stream)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Path yaml(String apiKey) throws Exception {
    String yaml = "users:\n  - {name: a, secret_key: s, passphrase: p, api_key: " + apiKey + "}\n";
    return Files.writeString(folder.resolve("okx.yml"), yaml);
  }
}
