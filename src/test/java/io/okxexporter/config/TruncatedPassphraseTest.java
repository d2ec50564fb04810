package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruncatedPassphraseTest {
  @TempDir private Path folder;

  @Test
  void a_comment_behind_an_unquoted_passphrase_is_warned_of() throws Exception {
    Config config = load("passphrase: s3cr3t #1: safe");
    assertThat(config.users().get(0).credentials().passphrase().reveal()).isEqualTo("s3cr3t");
    assertThat(config.warnings())
        .containsExactly(
            "line 5 of the configuration: the passphrase ends before the #; put it in single"
                + " quotes, with or without the rest");
  }

  @Test
  void and_behind_the_password_of_a_proxy() throws Exception {
    String proxy = "passphrase: p\n    proxy_url: http://a:1\n    proxy_user: u\n    ";
    assertThat(load(proxy + "proxy_password: s3cr3t #1").warnings())
        .containsExactly(
            "line 8 of the configuration: the proxy_password ends before the #; put it in single"
                + " quotes, with or without the rest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passphrase: 's3cr3t #1' # quoted",
        "passphrase: \"s3cr3t #1\"",
        "passphrase: s3cr3t#1",
        "passphrase: s3cr3t\n    # passphrase: another #1",
      })
  void nothing_else_is(String line) throws Exception {
    assertThat(load(line).warnings()).isEmpty();
  }

  private Config load(String passphrase) throws Exception {
    Path file = folder.resolve("okx.yml");
    Files.writeString(
        file,
        """
        users:
          - name: main
            api_key: key
            secret_key: secret
            %s
        """
            .formatted(passphrase));
    return Configs.load(file);
  }
}
