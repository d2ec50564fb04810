package io.okxexporter.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What bills of a type mean for the money of a User ID. */
public enum BillClass {
  /** A deposit. */
  DEPOSIT(FlowKind.DEPOSIT),
  /** A withdrawal, or one that was cancelled. */
  WITHDRAWAL(FlowKind.WITHDRAWAL),
  /** The fee of a withdrawal, which is part of that flow. */
  WITHDRAWAL_FEE(null),
  /** To or from another OKX user. */
  USER(FlowKind.USER),
  /** A fiat order. */
  FIAT(FlowKind.FIAT),
  /** Between User IDs of one owner. */
  SUB_ACCOUNT(FlowKind.SUB_ACCOUNT),
  /** To or from custody. */
  CUSTODY(FlowKind.CUSTODY),
  /** To or from a broker. */
  BROKER(FlowKind.BROKER),
  /** Unknown. */
  OTHER(FlowKind.OTHER),
  /** Between the funding account and a product that earns. */
  EARN(null),
  /** A loan, or its collateral. */
  LOAN(null),
  /** Frozen or released by OKX. */
  FROZEN(null),
  /** Between the accounts of one User ID. */
  TRANSFER(null),
  /** One currency for another. */
  TRADE(null),
  /** Rewards, interest and profit. */
  INCOME(null),
  /** Fees. */
  COST(null);

  private final @Nullable FlowKind flow;

  BillClass(@Nullable FlowKind flow) {
    this.flow = flow;
  }

  /** The class with this label. */
  public static Optional<BillClass> ofLabel(String label) {
    return Arrays.stream(values()).filter(it -> it.label().equals(label)).findFirst();
  }

  /** All labels, for a message. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(BillClass::label).toList();
  }

  /** The name in settings and labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of the flows that such bills are; empty if they are none of their own. */
  public Optional<FlowKind> flow() {
    return Optional.ofNullable(flow);
  }

  /** Whether such bills, without being flows, may leave a hole or a step in the valuation. */
  public boolean isMove() {
    return this == EARN || this == LOAN || this == FROZEN;
  }
}
