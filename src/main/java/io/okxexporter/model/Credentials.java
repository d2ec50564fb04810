package io.okxexporter.model;

import java.util.List;

/**
 * The three texts of an OKX API key, which OKX shows when it is created.
 *
 * @param apiKey sent as {@code OK-ACCESS-KEY}
 * @param secretKey signs requests, is never sent
 * @param passphrase sent as {@code OK-ACCESS-PASSPHRASE}
 */
public record Credentials(Secret apiKey, Secret secretKey, Secret passphrase) {
  /** All three texts. */
  public List<Secret> secrets() {
    return List.of(apiKey, secretKey, passphrase);
  }
}
