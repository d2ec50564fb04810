package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.file.TestFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changed credentials take a restart. */
class RestartNoticeTest {
  @TempDir private Path folder;

  @Test
  void variables_are_read_at_the_start_only() throws Exception {
    Map<String, String> env = new HashMap<>();
    env.put("OKX_API_KEY", "k");
    env.put("OKX_SECRET_KEY", "s");
    env.put("OKX_PASSPHRASE_FILE", file("passphrase").toString());
    assertThat(notice(null, env))
        .isEqualTo(
            "OKX_API_KEY and OKX_SECRET_KEY are read when okx-exporter starts: restart it after a"
                + " change");
    env.remove("OKX_API_KEY");
    env.put("OKX_API_KEY_FILE", file("api_key").toString());
    env.remove("OKX_SECRET_KEY");
    env.put("OKX_SECRET_KEY_FILE", file("secret_key").toString());
    assertThat(notice(null, env)).isEmpty();
  }

  @Test
  void credentials_of_systemd_are_copied_at_the_start_only() throws Exception {
    Map<String, String> env = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
    String copies =
        "the files in "
            + folder
            + " are copies that systemd made when okx-exporter started: restart it after a change";
    Map<String, String> of = new HashMap<>(env);
    for (String name : List.of("api_key", "secret_key", "passphrase")) {
      of.put("OKX_" + name.toUpperCase(Locale.ROOT) + "_FILE", file(name).toString());
    }
    assertThat(notice(null, of)).isEqualTo(copies);
    assertThat(notice(yaml("api_key_file: api_key"), env)).isEqualTo(copies);
    assertThat(notice(yaml("api_key: k"), env)).as("the configuration itself").isEqualTo(copies);
  }

  @Test
  void other_files_are_read_whenever_they_change() throws Exception {
    Path yaml = yaml("api_key_file: api_key");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    assertThat(notice(yaml, Map.of())).isEmpty();
    assertThat(notice(yaml, Map.of("CREDENTIALS_DIRECTORY", elsewhere.toString()))).isEmpty();
  }

  private static String notice(@Nullable Path file, Map<String, String> env) throws Exception {
    ConfigSource source = new ConfigSource(file, env, null, new TestFiles());
    source.load();
    source.use();
    return source.restartNotice();
  }

  private Path yaml(String apiKey) throws Exception {
    file("api_key");
    String yaml = "users:\n  - {name: a, " + apiKey + ", secret_key: s, passphrase: p}\n";
    return Files.writeString(folder.resolve("okx.yml"), yaml);
  }

  private Path file(String name) throws Exception {
    return Files.writeString(folder.resolve(name), "secret-" + name);
  }
}
