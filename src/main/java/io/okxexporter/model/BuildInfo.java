package io.okxexporter.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The version and revision of a build.
 *
 * @param version as in the pom
 * @param revision abbreviated commit, or {@code unknown}
 * @param docsUrl where the files of this version can be read, without a slash at the end; empty if
 *     they are not published
 */
public record BuildInfo(String version, String revision, String docsUrl) {
  private static final String FILE = "build.properties";

  /** Reads those of the running program from the file that the build wrote. */
  public static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream file =
        Objects.requireNonNull(BuildInfo.class.getResourceAsStream(FILE), FILE)) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(
        value(properties, "version"),
        value(properties, "revision"),
        properties.getProperty("docs.url", ""));
  }

  /** The header {@code User-Agent} of every request to OKX. */
  public String userAgent() {
    return "okx-exporter/" + version;
  }

  /** The value, which the build leaves unset outside a Git checkout. */
  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key, "");
    return value.isEmpty() || value.startsWith("${") ? "unknown" : value;
  }
}
