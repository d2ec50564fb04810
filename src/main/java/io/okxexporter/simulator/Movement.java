package io.okxexporter.simulator;

/**
 * A change of one account.
 *
 * @param atMillis when, since the epoch
 * @param amount what the account gains; negative if it loses
 * @param type OKX's number, within the account's ledger, of what happened; empty if no ledger shows
 *     it
 */
record Movement(long atMillis, Account account, Asset asset, long amount, String type) {
  boolean billed() {
    return !type.isEmpty();
  }
}
