package io.okxexporter.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Uses the real entry points of both frameworks and restores their configuration. */
class LoggingTest {
  private final java.util.logging.Logger root = LogManager.getLogManager().getLogger("");
  private final Handler[] handlers = root.getHandlers();
  private final java.util.logging.Level level = root.getLevel();
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, System.err);
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    for (Handler handler : handlers) {
      root.addHandler(handler);
    }
    root.setLevel(level);
  }

  @Test
  void slf4j_finds_us_and_keeps_pairs_as_fields() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, stream);
    LoggerFactory.getLogger(LoggingTest.class).atInfo().addKeyValue("user", "main").log("polled");

    assertThat(written()).matches("ts=\\S{23}Z level=info component=log msg=polled user=main\n");
  }

  @Test
  void what_is_logged_through_jul_comes_out_in_the_same_form() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, stream);
    LogRecord leak = new LogRecord(java.util.logging.Level.WARNING, "leaked {0}\nof {1}");
    leak.setParameters(new Object[] {1, 2});
    leak.setLoggerName("okhttp3.OkHttpClient");
    leak.setThrown(new IllegalStateException("here"));
    julLogger().log(leak);

    assertThat(written())
        .matches(
            "ts=\\S{23}Z level=warn component=okhttp3.OkHttpClient msg=\"leaked 1\\\\nof 2\""
                + " err=\"java.lang.IllegalStateException: here\"\n");
  }

  @Test
  void jul_is_heard_from_warning_on_and_at_debug_from_info_on() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, stream);
    logAllThroughJul();
    assertThat(levels()).containsExactly("error", "warn");

    stream.reset();
    Logging.configure(Level.DEBUG, LogFormat.LOGFMT, stream);
    logAllThroughJul();
    assertThat(levels()).containsExactly("error", "warn", "info");
  }

  @Test
  void the_web_servers_library_is_heard_at_debug_alone() {
    for (Level level : List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG)) {
      stream.reset();
      Logging.configure(level, LogFormat.LOGFMT, stream);
      Logger jetty = LoggerFactory.getLogger("org.eclipse.jetty.util.HostPort");
      jetty.error("m");
      jetty.warn("m");
      jetty.debug("m");
      assertThat(levels()).isEqualTo(level == Level.DEBUG ? List.of("error", "warn") : List.of());
    }
  }

  @Test
  void configuring_again_writes_nothing_twice() {
    Logging.configure(Level.INFO, LogFormat.LOGFMT, stream);
    Logging.configure(Level.INFO, LogFormat.JSON, stream);
    julLogger().severe("once");

    assertThat(written().lines()).singleElement().asString().startsWith("{\"ts\":");
  }

  private static void logAllThroughJul() {
    julLogger().severe("m");
    julLogger().warning("m");
    julLogger().info("m");
    julLogger().config("m");
    julLogger().fine("m");
    julLogger().finest("m");
  }

  private static java.util.logging.Logger julLogger() {
    return java.util.logging.Logger.getLogger("okhttp3.OkHttpClient");
  }

  private Iterable<String> levels() {
    return written().lines().map(line -> line.replaceAll(".* level=(\\w+) .*", "$1")).toList();
  }

  private String written() {
    return stream.toString(UTF_8);
  }
}
