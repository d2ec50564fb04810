package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of authorities that are trusted besides those of Java. */
class CaFileTest {
  private static final Map<String, String> KEY =
      Map.of("OKX_API_KEY", "k", "OKX_SECRET_KEY", "s", "OKX_PASSPHRASE", "p");

  @TempDir private Path folder;

  private Issued one;
  private Issued other;
  private Path good;

  @BeforeEach
  void write() throws Exception {
    one = new Authority("one").root;
    other = new Authority("other").root;
    good = write("good.pem", one.certificatePem());
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path yaml(String settings) throws Exception {
    return write(
        "okx.yml",
        settings + "\nusers:\n  - {name: a, api_key_file: key, secret_key: s, passphrase: p}\n");
  }

  private static Map<String, String> with(String... more) {
    Map<String, String> env = new HashMap<>(KEY);
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return env;
  }

  @Test
  void it_may_hold_several_with_text_between_them_and_is_shown_by_its_path() throws Exception {
    write("key", "k");
    Files.createDirectory(folder.resolve("ca"));
    write(
        "ca/bundle.pem",
        "# One of us\n" + one.certificatePem() + "\n# Theirs\r\n" + other.certificatePem());
    Config config = Configs.load(yaml("ca_file: ca/bundle.pem"));
    assertThat(config.authorities()).containsExactly(one.certificate(), other.certificate());
    String path = folder.resolve("ca/bundle.pem").toString();
    assertThat(config.summary()).containsEntry("ca_file", path);
    assertThat(config.effective()).containsEntry("ca_file", path);
  }

  @Test
  void without_one_there_are_none_and_nothing_is_shown() throws Exception {
    Config config = Configs.load(null, with("OKX_CA_FILE", "", "SSL_CERT_FILE", ""));
    assertThat(config.authorities()).isEmpty();
    assertThat(config.summary()).doesNotContainKey("ca_file");
  }

  @Test
  void the_environment_has_a_variable_of_ours_and_one_of_other_programs() throws Exception {
    Path bundle = write("other.pem", other.certificatePem());
    assertThat(Configs.load(null, with("OKX_CA_FILE", good.toString())).authorities())
        .containsExactly(one.certificate());
    assertThat(Configs.load(null, with("SSL_CERT_FILE", bundle.toString())).authorities())
        .containsExactly(other.certificate());
    assertThat(
            Configs.load(
                    null, with("SSL_CERT_FILE", bundle.toString(), "OKX_CA_FILE", good.toString()))
                .authorities())
        .containsExactly(one.certificate());
  }

  @Test
  void the_variable_of_other_programs_counts_beside_a_file_unless_it_has_the_setting()
      throws Exception {
    write("key", "k");
    Map<String, String> env =
        Map.of("SSL_CERT_FILE", write("other.pem", other.certificatePem()).toString());
    assertThat(Configs.load(yaml(""), env).authorities()).containsExactly(other.certificate());
    assertThat(Configs.load(yaml("ca_file: good.pem"), env).authorities())
        .containsExactly(one.certificate());
    assertThat(
            catchThrowableOfType(
                ConfigException.class,
                () -> Configs.load(yaml(""), Map.of("OKX_CA_FILE", good.toString()))))
        .hasMessage("OKX_CA_FILE: expected to be unset with --config.file");
  }

  @Test
  void whatever_holds_no_certificates_is_refused_in_ours_and_a_warning_in_theirs()
      throws Exception {
    String notPem = "expected certificates in PEM and nothing else";
    Map<Path, String> bad =
        Map.of(
            folder.resolve("none"),
            "expected a readable file, but it does not exist",
            folder,
            "expected a file, but it is a directory",
            write("empty", ""),
            notPem,
            write("text", "no certificate"),
            notPem,
            write("key.pem", one.keyPem()),
            notPem,
            write("both.pem", one.certificatePem() + one.keyPem()),
            notPem,
            write("cut.pem", one.certificatePem().substring(0, 200)),
            notPem);
    for (Map.Entry<Path, String> each : bad.entrySet()) {
      String path = each.getKey().toString();
      String problem = ": \"" + path + "\": " + each.getValue();
      assertThatThrownBy(() -> Configs.load(null, with("OKX_CA_FILE", path)))
          .isInstanceOf(ConfigException.class)
          .hasMessage("OKX_CA_FILE" + problem);
      Config warned = Configs.load(null, with("SSL_CERT_FILE", path));
      assertThat(warned.authorities()).isEmpty();
      assertThat(warned.warnings()).containsExactly("SSL_CERT_FILE" + problem + "; it is not used");
    }
  }

  /** A file of authorities that broke meanwhile keeps no rotated key from its use. */
  @Test
  void it_is_read_again_with_the_configuration_but_not_with_the_secrets() throws Exception {
    Path key = write("key", "before");
    ConfigSource source =
        new ConfigSource(yaml("ca_file: good.pem"), Map.of(), null, new TestFiles());
    source.load();
    source.use();
    write("good.pem", "broken");
    Files.writeString(key, "after");
    Config rotated = source.loadSecrets();
    assertThat(rotated.users().get(0).credentials().apiKey().reveal()).isEqualTo("after");
    assertThat(rotated.authorities()).containsExactly(one.certificate());
    source.use();
    assertThatThrownBy(source::load).hasMessageStartingWith("ca_file: \"good.pem\": expected");
    write("good.pem", other.certificatePem());
    assertThat(source.load().authorities()).isEqualTo(List.of(other.certificate()));
  }
}
