package io.okxexporter.model;

import java.util.List;

/**
 * An OKX API key: the three texts OKX shows when it is made.
 *
 * @param apiKey sent as {@code OK-ACCESS-KEY}
 * @param secretKey signs requests, is never sent
 * @param passphrase sent as {@code OK-ACCESS-PASSPHRASE}
 */
public record Credentials(Secret apiKey, Secret secretKey, Secret passphrase) {
  /** The three of them. */
  public List<Secret> secrets() {
    return List.of(apiKey, secretKey, passphrase);
  }
}
