package io.okxexporter.simulator;

/** How OKX books a payment from one User ID of the exchange to another. */
enum PaymentKind {
  /** Between users of different owners: a withdrawal and a deposit. */
  STRANGERS("2", "1"),
  /** From a main account to its sub-account. */
  DOWN("20", "23"),
  /** From a sub-account to its main account. */
  UP("22", "21"),
  /** Between sub-accounts of one main account. */
  ACROSS("22", "23");

  private final String sent;
  private final String received;

  PaymentKind(String sent, String received) {
    this.sent = sent;
    this.received = received;
  }

  static PaymentKind of(SimulatedUser payer, SimulatedUser payee) {
    if (!payer.mainUid().equals(payee.mainUid())) {
      return STRANGERS;
    }
    if (payer.uid().equals(payer.mainUid())) {
      return DOWN;
    }
    return payee.uid().equals(payee.mainUid()) ? UP : ACROSS;
  }

  /** The type of the payer's bill. */
  String sent() {
    return sent;
  }

  /** The type of the payee's bill. */
  String received() {
    return received;
  }
}
