package io.okxexporter.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class LogLineTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T15:04:05.120Z"));

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @Test
  void a_line_has_time_level_component_message_and_the_pairs_in_their_order() {
    poll(LogFormat.LOGFMT);

    assertThat(written())
        .isEqualTo(
            "ts=2026-11-22T15:04:05.120Z level=warn component=okx msg=\"poll failed\" user=main"
                + " hint=\"add = to \\\"list\\\"\" attempt=3 delay=2.50 last=true cause=null"
                + " empty=\"\"\n");
  }

  @Test
  void json_has_the_same_keys_in_the_same_order() {
    poll(LogFormat.JSON);

    assertThat(written())
        .isEqualTo(
            "{\"ts\":\"2026-11-22T15:04:05.120Z\",\"level\":\"warn\",\"component\":\"okx\","
                + "\"msg\":\"poll failed\",\"user\":\"main\",\"hint\":\"add = to \\\"list\\\"\","
                + "\"attempt\":3,\"delay\":2.50,\"last\":true,\"cause\":null,\"empty\":\"\"}\n");
  }

  private void poll(LogFormat format) {
    logger(Level.INFO, format)
        .atWarn()
        .addKeyValue("user", "main")
        .addKeyValue("hint", "add = to \"list\"")
        .addKeyValue("attempt", 3)
        .addKeyValue("delay", new BigDecimal("2.50"))
        .addKeyValue("last", true)
        .addKeyValue("cause", (Object) null)
        .addKeyValue("empty", "")
        .log("poll failed");
  }

  @Test
  void a_number_json_does_not_know_is_text() {
    logger(Level.INFO, LogFormat.JSON).atInfo().addKeyValue("value", Double.NaN).log("m");

    assertThat(written()).endsWith("\"msg\":\"m\",\"value\":\"NaN\"}\n");
  }

  @Test
  void the_component_is_the_package_of_our_classes_and_the_name_of_other_loggers() {
    LoggerRegistry loggers = loggers(Level.INFO, LogFormat.LOGFMT);
    loggers.getLogger("io.okxexporter.Exporter").info("a");
    loggers.getLogger("io.okxexporter.web.security.Bcrypt").info("b");
    loggers.getLogger("okhttp3.OkHttpClient").warn("c");

    assertThat(written().lines().map(line -> line.substring(line.indexOf("component="))))
        .containsExactly(
            "component=main msg=a", "component=web msg=b", "component=okhttp3.OkHttpClient msg=c");
  }

  @Test
  void braces_in_the_value_of_a_pair_are_no_placeholders() {
    logger(Level.INFO, LogFormat.LOGFMT).atInfo().addKeyValue("a", "{}").log("got {}", "b");

    assertThat(written()).endsWith("msg=\"got b\" a=\"{}\"\n");
  }

  @Test
  void what_a_terminal_would_obey_is_spelled_out() {
    assertThat(JsonString.quote("a\u001b[2J\u202eb\u0000\u0085\u2028\ud83d \ud83d\ude00 é"))
        .isEqualTo("\"a\\u001b[2J\\u202eb\\u0000\\u0085\\u2028\\ud83d \ud83d\ude00 é\"");
  }

  @Test
  void a_pair_hides_no_other_field() {
    logger(Level.INFO, LogFormat.LOGFMT)
        .atWarn()
        .addKeyValue("msg", "all is well")
        .addKeyValue("level", "info")
        .addKeyValue("a b=", 1)
        .setCause(new IllegalStateException("broken"))
        .log("trouble");

    assertThat(written())
        .endsWith(
            "level=warn component=okx msg=trouble msg_=\"all is well\" level_=info a_b_=1"
                + " err=\"java.lang.IllegalStateException: broken\"\n");
  }

  @Test
  void an_exception_below_error_leaves_its_class_and_message() {
    logger(Level.INFO, LogFormat.LOGFMT).warn("no answer", new IOException("reset\nlevel=error"));

    assertThat(written())
        .endsWith("msg=\"no answer\" err=\"java.io.IOException: reset\\nlevel=error\"\n");
  }

  @Test
  void an_exception_at_error_leaves_its_stack_on_the_same_line() {
    logger(Level.INFO, LogFormat.LOGFMT).error("bug", new IllegalStateException("broken"));

    assertThat(written().lines()).hasSize(1);
    assertThat(written())
        .contains("err=\"java.lang.IllegalStateException: broken\" stack=\"java.lang.Ill")
        .contains("broken\\n\\tat io.okxexporter.log.LogLineTest.an_exception_at_error");
  }

  @Test
  void at_debug_every_exception_leaves_its_stack() {
    logger(Level.DEBUG, LogFormat.LOGFMT).warn("no answer", new IOException("reset"));

    assertThat(written()).contains(" stack=\"java.io.IOException: reset\\n\\tat ");
  }

  @Test
  void an_exception_given_as_the_last_argument_counts_as_the_cause() {
    logger(Level.INFO, LogFormat.LOGFMT).atWarn().log("to {}", "okx", new IOException("reset"));

    assertThat(written()).endsWith("msg=\"to okx\" err=\"java.io.IOException: reset\"\n");
  }

  @Test
  void a_value_whose_text_fails_is_named_by_its_class() {
    logger(Level.INFO, LogFormat.LOGFMT).atInfo().addKeyValue("value", new Mute()).log("m");

    assertThat(written())
        .endsWith(
            "value=\"(io.okxexporter.log.LogLineTest$Mute whose text failed: class"
                + " java.lang.UnsupportedOperationException)\"\n");
  }

  private static final class Mute {
    @Override
    public String toString() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void our_lines_below_the_level_are_dropped() {
    assertThat(levelsWritten("io.okxexporter.okx.OkxClient", Level.DEBUG))
        .containsExactly("error", "warn", "info", "debug");
    assertThat(levelsWritten("io.okxexporter.okx.OkxClient", Level.INFO))
        .containsExactly("error", "warn", "info");
    assertThat(levelsWritten("io.okxexporter.okx.OkxClient", Level.WARN))
        .containsExactly("error", "warn");
    assertThat(levelsWritten("io.okxexporter.okx.OkxClient", Level.ERROR)).containsExactly("error");
  }

  @Test
  void libraries_are_heard_from_warn_on_and_never_at_debug() {
    assertThat(levelsWritten("okhttp3.OkHttpClient", Level.DEBUG))
        .containsExactly("error", "warn", "info");
    assertThat(levelsWritten("okhttp3.OkHttpClient", Level.INFO)).containsExactly("error", "warn");
    assertThat(levelsWritten("okhttp3.OkHttpClient", Level.ERROR)).containsExactly("error");
  }

  private Iterable<String> levelsWritten(String name, Level level) {
    stream.reset();
    Logger logger = loggers(level, LogFormat.LOGFMT).getLogger(name);
    for (Level each : Level.values()) {
      logger.atLevel(each).log("m");
    }
    return written().lines().map(line -> line.replaceAll(".* level=(\\w+) .*", "$1")).toList();
  }

  @Test
  void a_changed_level_reaches_loggers_that_exist() {
    LoggerRegistry loggers = loggers(Level.INFO, LogFormat.LOGFMT);
    Logger logger = loggers.getLogger("io.okxexporter.okx.OkxClient");
    loggers.configure(Level.DEBUG, new LogOutput(LogFormat.LOGFMT, stream));
    logger.debug("now");

    assertThat(written()).endsWith("level=debug component=okx msg=now\n");
  }

  private Logger logger(Level level, LogFormat format) {
    return loggers(level, format).getLogger("io.okxexporter.okx.OkxClient");
  }

  private LoggerRegistry loggers(Level level, LogFormat format) {
    return new LoggerRegistry(CLOCK, level, new LogOutput(format, stream));
  }

  private String written() {
    return stream.toString(UTF_8);
  }
}
