package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.file.NamedPipes;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Child;
import io.okxexporter.model.HttpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the configuration and its secrets, read once and again. */
class SecretFilesTest {
  private static final String REGULAR =
      "expected a regular file: a pipe or device cannot be read again";

  private final TestFiles files = new TestFiles();

  @TempDir private Path folder;
  private ConfigSource source;

  @BeforeEach
  void write() throws Exception {
    for (String name : List.of("a", "b")) {
      secret(name + "-key", "key-of-" + name);
      secret(name + "-secret", "s");
      secret(name + "-phrase", "p");
    }
    Path file = Files.writeString(folder.resolve("okx.yml"), yaml());
    source = new ConfigSource(file, Map.of(), null, files);
  }

  @Test
  void files_that_others_can_read_are_warned_of_in_one_line() throws Exception {
    assertThat(source.load().warnings()).isEmpty();
    files.readableByOthers.add(folder.resolve("okx.yml")); // holds no secret
    assertThat(source.load().warnings()).isEmpty();
    files.readableByOthers.add(folder.resolve("b-key"));
    assertThat(source.load().warnings())
        .containsExactly(
            "\""
                + folder.resolve("b-key")
                + "\": every user of this machine can read this; expected the exporter's user only"
                + " (chmod o-r)");
    files.readableByOthers.addAll(List.of(folder.resolve("a-key"), folder.resolve("a-phrase")));
    assertThat(source.loadSecrets().warnings())
        .singleElement()
        .asString()
        .startsWith("\"" + folder.resolve("a-key") + "\" and 2 more secret files: every user");
  }

  @Test
  void a_configuration_with_secrets_that_others_can_read_is_warned_of() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("inline.yml"),
            "users: [{name: a, api_key: k, secret_key: s, passphrase: p}]");
    files.readableByOthers.add(file);
    assertThat(new ConfigSource(file, Map.of(), null, files).load().warnings())
        .singleElement()
        .asString()
        .contains("inline.yml\": every user of this machine can read this");
  }

  private static String yaml() {
    StringBuilder yaml = new StringBuilder("users:\n");
    for (String name : List.of("a", "b")) {
      yaml.append(
          """
            - name: %1$s
              api_key_file: %1$s-key
              secret_key_file: %1$s-secret
              passphrase_file: %1$s-phrase
          """
              .formatted(name));
    }
    return yaml.toString();
  }

  private Path secret(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path pipe(String name) throws Exception {
    Files.deleteIfExists(folder.resolve(name));
    return NamedPipes.make(folder.resolve(name));
  }

  private List<String> keys(Config config) {
    return config.users().stream().map(user -> user.credentials().apiKey().reveal()).toList();
  }

  private static String refusal(String key, String value, String expected) {
    return key + ": \"" + value + "\": " + expected;
  }

  private String refusal(String key, String value, String expected, String user) {
    return refusal(key, value, expected) + " (user \"" + user + "\", in " + folder + ")";
  }

  @Test
  void a_pipe_or_a_device_is_no_file_of_a_secret() throws Exception {
    pipe("a-key");
    Files.delete(folder.resolve("b-phrase"));
    Files.createSymbolicLink(folder.resolve("b-phrase"), Path.of("/dev/zero"));
    assertThatThrownBy(source::load)
        .hasMessage(
            refusal("users[0].api_key_file", "a-key", REGULAR, "a")
                + "\n"
                + refusal("users[1].passphrase_file", "b-phrase", REGULAR, "b"));
  }

  @Test
  void a_file_of_a_secret_that_hangs_is_named() {
    files.hanging.add(folder.resolve("a-key"));
    assertThatThrownBy(source::load)
        .hasMessage(
            refusal(
                "users[0].api_key_file",
                "a-key",
                "expected a readable file, but reading it timed out after 5 s",
                "a"));
  }

  @Test
  void a_configuration_through_a_pipe_is_read_once() throws Exception {
    Path pipe = NamedPipes.make(folder.resolve("pipe.yml"));
    ConfigSource piped = new ConfigSource(pipe, Map.of(), null, files);
    Child writer = NamedPipes.write(yaml(), pipe);
    assertThat(keys(piped.load())).containsExactly("key-of-a", "key-of-b");
    assertThat(writer.awaitExit()).isZero();
    piped.use();
    assertThatThrownBy(piped::load).hasMessage(refusal("--config.file", pipe.toString(), REGULAR));
    secret("b-key", "another");
    assertThat(keys(piped.loadSecrets())).containsExactly("key-of-a", "another");
  }

  @Test
  void a_user_with_a_bad_file_keeps_its_key_and_others_get_their_new_ones() throws Exception {
    source.load();
    source.use();
    pipe("a-phrase");
    secret("a-key", "half-of-a-rotation");
    secret("b-key", "another");
    assertThat(keys(source.loadSecrets())).containsExactly("key-of-a", "another");
    assertThat(source.keptFor())
        .extracting(Problem::toString)
        .containsExactly(refusal("users[0].passphrase_file", "a-phrase", REGULAR, "a"));
    source.use();
    Files.delete(folder.resolve("a-phrase"));
    secret("a-phrase", "p");
    assertThat(keys(source.loadSecrets())).containsExactly("half-of-a-rotation", "another");
    assertThat(source.keptFor()).isEmpty();
  }

  @Test
  void the_password_of_a_proxy_is_rotated_and_kept_with_the_key() throws Exception {
    secret("a-proxy", "old");
    String proxied =
        yaml()
            .replace(
                "  - name: b",
                """
                    proxy_url: http://127.0.0.1:3128
                    proxy_user: me
                    proxy_password_file: a-proxy
                  - name: b\
                """);
    Files.writeString(folder.resolve("okx.yml"), proxied);
    assertThat(proxyPassword(source.load())).isEqualTo("old");
    source.use();
    List<String> before = source.secretStamps();
    secret("a-proxy", "rotated");
    assertThat(source.secretStamps()).isNotEqualTo(before);
    assertThat(proxyPassword(source.loadSecrets())).isEqualTo("rotated");
    source.use();
    secret("a-key", "half-of-a-rotation");
    secret("a-proxy", "");
    Config kept = source.loadSecrets();
    assertThat(proxyPassword(kept)).isEqualTo("rotated");
    assertThat(keys(kept)).containsExactly("key-of-a", "key-of-b");
    assertThat(source.keptFor())
        .extracting(Problem::toString)
        .containsExactly(
            refusal(
                "users[0].proxy_password_file",
                "a-proxy",
                "expected a secret, but it is empty (user \"a\", in " + folder + ")"));
  }

  private static String proxyPassword(Config config) {
    HttpProxy proxy = Objects.requireNonNull(config.users().get(0).proxy());
    return Objects.requireNonNull(proxy.login()).password().reveal();
  }

  @Test
  void a_reload_keeps_nothing() throws Exception {
    source.load();
    source.use();
    pipe("a-phrase");
    assertThatThrownBy(source::load).isInstanceOf(ConfigException.class);
  }

  @Test
  void what_contradicts_another_user_is_refused_as_ever() throws Exception {
    source.load();
    source.use();
    secret("b-key", "key-of-a");
    assertThatThrownBy(source::loadSecrets).hasMessageContaining("the same api_key");
  }
}
