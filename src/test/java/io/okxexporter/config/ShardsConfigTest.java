package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Configs;
import io.okxexporter.model.Shard;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shard of a replica, from the flag or the variable. */
class ShardsConfigTest {
  private static final Map<String, String> KEY =
      Map.of("OKX_API_KEY", "k", "OKX_SECRET_KEY", "s", "OKX_PASSPHRASE", "p");

  @Test
  void the_flag_or_the_variable_says_it_and_without_them_there_is_one() throws Exception {
    assertThat(load(null, "").shard()).isEqualTo(Shard.WHOLE);
    assertThat(load(null, "1/3").shard()).isEqualTo(new Shard(1, 3));
    assertThat(load(new Shard(1, 3), "").shard()).isEqualTo(new Shard(1, 3));
    assertThat(ShardReader.read(null, Map.of("OKX_SHARD", "1/3"))).isEqualTo(new Shard(1, 3));
  }

  @Test
  void both_are_refused_even_where_they_agree() {
    assertThatThrownBy(() -> load(new Shard(1, 3), "1/3"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("OKX_SHARD: \"1/3\": expected to be unset with --shard");
  }

  /** The first is the result with a Kubernetes before 1.28. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/3", "3/3", "okx-exporter-0/3", "0", "0/0", "0/03", "-1/3", " 0/3", "0/10000"})
  void what_is_no_shard_is_refused(String text) {
    assertThatThrownBy(() -> load(null, text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "OKX_SHARD: \"" + text + "\": expected i/n, such as 0/3 to 2/3 for three replicas");
  }

  @Test
  void a_misspelt_variable_is_warned_of_with_the_right_name() throws Exception {
    Map<String, String> env = new TreeMap<>(KEY);
    env.put("OKX_SHRD", "0/3");
    assertThat(Configs.load(null, env).warnings())
        .containsExactly("OKX_SHRD: unknown variable, did you mean OKX_SHARD?");
  }

  @Test
  void the_configuration_in_use_says_who_asks_for_whom() throws Exception {
    Config config = load(null, "0/3");
    assertThat(config.assignedUsers()).isEmpty();
    assertThat(config.summary()).containsEntry("shard", "0/3").containsEntry("users_held", "0");
    assertThat(config.effective().get("users[0]")).endsWith(" shard=1/3}");
    assertThat(load(null, "1/3").assignedUsers()).hasSize(1);
    assertThat(load(null, "").summary()).doesNotContainKeys("shard", "users_held");
    assertThat(load(null, "").effective().get("users[0]")).doesNotContain("shard");
  }

  private static Config load(@Nullable Shard flag, String variable) throws ConfigException {
    Map<String, String> env = new TreeMap<>(KEY);
    env.put("OKX_SHARD", variable);
    return new ConfigSource(null, env, flag, new TestFiles()).load();
  }
}
