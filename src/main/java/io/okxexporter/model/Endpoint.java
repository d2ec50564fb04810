package io.okxexporter.model;

/** The OKX endpoints we know; the path is the label value {@code endpoint}. */
public enum Endpoint {
  /** What an account is worth. */
  ASSET_VALUATION("/api/v5/asset/asset-valuation"),
  /** What a key is and may do. */
  ACCOUNT_CONFIG("/api/v5/account/config"),
  /** OKX's clock. */
  PUBLIC_TIME("/api/v5/public/time"),
  /** Announced maintenance. */
  SYSTEM_STATUS("/api/v5/system/status");

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  /** Path without query, as it goes over the wire. */
  public String path() {
    return path;
  }
}
