package io.okxexporter.web.config;

/** Provides the current web configuration; called for each request and each handshake. */
@FunctionalInterface
public interface WebSettingsSource {
  /**
   * Returns the current settings; must be cheap while nothing has changed.
   *
   * @throws InvalidWebConfigException while the file cannot be used
   */
  WebSettings now() throws InvalidWebConfigException;
}
