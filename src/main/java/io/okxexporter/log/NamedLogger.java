package io.okxexporter.log;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** A logger, which ignores markers. */
final class NamedLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private final transient LoggerRegistry loggers;

  NamedLogger(String name, LoggerRegistry loggers) {
    this.name = name;
    this.loggers = loggers;
  }

  @Override
  public boolean isTraceEnabled() {
    return loggers.isEnabled(name, Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return loggers.isEnabled(name, Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return loggers.isEnabled(name, Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return loggers.isEnabled(name, Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return loggers.isEnabled(name, Level.ERROR);
  }

  /** Called by the fluent API, with the key-value pairs intact. */
  @Override
  public void log(LoggingEvent event) {
    if (loggers.isEnabled(name, event.getLevel())) {
      FormattingTuple text =
          MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray());
      Throwable thrown = event.getThrowable() == null ? text.getThrowable() : event.getThrowable();
      write(event.getLevel(), text.getMessage(), event.getKeyValuePairs(), thrown);
    }
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    write(level, MessageFormatter.basicArrayFormat(pattern, arguments), null, thrown);
  }

  /** Not used, as lines do not show where they were logged. */
  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  private void write(
      Level level,
      @Nullable String message,
      @Nullable List<KeyValuePair> pairs,
      @Nullable Throwable thrown) {
    String text = Objects.requireNonNullElse(message, "");
    loggers.write(name, level, text, Objects.requireNonNullElse(pairs, List.of()), thrown);
  }
}
