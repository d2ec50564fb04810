package io.okxexporter.log;

import java.time.InstantSource;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The SLF4J provider, found through {@code META-INF/services}; for SLF4J only. */
public final class LogProvider implements SLF4JServiceProvider {
  private final LoggerRegistry loggers =
      new LoggerRegistry(
          InstantSource.system(), Level.INFO, new LogOutput(LogFormat.LOGFMT, System.err));
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();

  /** Called once, by SLF4J. */
  public LogProvider() {}

  @Override
  public void initialize() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  /** The SLF4J release line that this provider is written for. */
  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
