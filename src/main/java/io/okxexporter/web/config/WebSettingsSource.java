package io.okxexporter.web.config;

/** What the web configuration says at this moment; asked for each request and each handshake. */
@FunctionalInterface
public interface WebSettingsSource {
  /**
   * The settings of now, which must cost next to nothing while nothing changed.
   *
   * @throws InvalidWebConfigException while the file cannot be used
   */
  WebSettings now() throws InvalidWebConfigException;
}
