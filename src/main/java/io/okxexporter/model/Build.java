package io.okxexporter.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which version this is, as the build wrote it down. */
public final class Build {
  private static final String FILE = "build.properties";

  private Build() {}

  public static BuildFacts facts() {
    Properties properties = new Properties();
    try (InputStream file = Objects.requireNonNull(Build.class.getResourceAsStream(FILE), FILE)) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildFacts(value(properties, "version"), value(properties, "revision"));
  }

  /** Outside a Git checkout the build has no revision to put in. */
  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key, "");
    return value.isEmpty() || value.startsWith("${") ? "unknown" : value;
  }
}
