package io.okxexporter.model;

import java.util.Locale;

/** Between whom money moved. */
public enum FlowKind {
  /** A deposit. */
  DEPOSIT,
  /** A withdrawal; incoming if it was cancelled. */
  WITHDRAWAL,
  /** To or from another OKX user. */
  USER,
  /** A fiat order. */
  FIAT,
  /** Between User IDs of one owner. */
  SUB_ACCOUNT,
  /** To or from custody. */
  CUSTODY,
  /** To or from a broker. */
  BROKER,
  /** A bill of a type that is unknown, or with a sign that its type does not have. */
  OTHER;

  /** The label value. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
