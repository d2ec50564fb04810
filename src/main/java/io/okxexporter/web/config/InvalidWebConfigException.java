package io.okxexporter.web.config;

/** The web configuration cannot be used as it is. */
public final class InvalidWebConfigException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message what is wrong with which file, for the log; never a secret
   */
  public InvalidWebConfigException(String message) {
    super(message);
  }
}
