package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP on the running jar. */
class ReloadIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String RESULT = "okx_exporter_config_last_reload_successful";

  private final Http http = new Http();

  @TempDir private Path folder;

  @Test
  void sighup_reads_the_configuration_again_and_a_bad_one_changes_nothing() throws Exception {
    Path file = folder.resolve("okx.yml");
    try (LocalExchange exchange = LocalExchange.named(2)) {
      Files.writeString(file, "poll_interval: 1s\n" + exchange.yaml());
      try (Child exporter =
          Child.jar(Map.of(), "--config.file=" + file, "--web.listen-address=127.0.0.1:0")) {
        URI url = url(exporter.awaitLine("msg=\"serving"));
        exporter.poll(PATIENCE, () -> http.scrape(url), it -> it.has("okx_up{user=\"user2\"}"));

        Files.writeString(file, "poll_interval: 1s\nnonsense: 1\n" + exchange.yaml());
        hangUp(exporter);
        assertThat(exporter.awaitLine("the new configuration is refused")).contains("nonsense");
        assertThat(http.scrape(url).value(RESULT)).isZero();
        assertThat(http.scrape(url).has("okx_up{user=\"user2\"}")).isTrue();

        Files.writeString(file, "poll_interval: 2s\n" + withoutTheSecondUser(exchange.yaml()));
        hangUp(exporter);
        exporter.awaitLine("the configuration was read again");
        exporter.poll(PATIENCE, () -> http.scrape(url), it -> !it.has("okx_up{user=\"user2\"}"));
        assertThat(http.scrape(url).value(RESULT)).isOne();
        assertThat(exporter.terminate()).isEqualTo(143);
      }
      assertThat(exchange.exchange.violations()).isZero();
    }
  }

  private static String withoutTheSecondUser(String yaml) {
    return yaml.substring(0, yaml.indexOf("- name: user2")).stripTrailing() + "\n";
  }

  private static void hangUp(Child exporter) throws Exception {
    Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(exporter.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static URI url(String line) {
    Matcher url = Pattern.compile("url=(\\S+)").matcher(line);
    assertThat(url.find()).isTrue();
    return URI.create(url.group(1));
  }
}
