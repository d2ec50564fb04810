package io.okxexporter.web.config;

/** Thrown while the web configuration cannot be used. */
public final class InvalidWebConfigException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param message the problem and its file, for the log; never a secret
   */
  public InvalidWebConfigException(String message) {
    super(message);
  }
}
