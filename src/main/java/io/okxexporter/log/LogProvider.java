package io.okxexporter.log;

import java.time.InstantSource;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Found by SLF4J through {@code META-INF/services}; not meant to be used otherwise. */
public final class LogProvider implements SLF4JServiceProvider {
  private final Loggers loggers =
      new Loggers(InstantSource.system(), Level.INFO, new LogOutput(LogFormat.LOGFMT, System.err));
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();

  /** Made by SLF4J, once. */
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

  /** Providers name the line of SLF4J they are written for. */
  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
