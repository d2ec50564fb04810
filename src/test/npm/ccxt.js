// Reads the ledgers and balances of a key with ccxt, and prints what ccxt makes of them as JSON.
import ccxt from "ccxt";

const { OKX_URL, OKX_API_KEY, OKX_SECRET_KEY, OKX_PASSPHRASE } = process.env;
const okx = new ccxt.okx({
  apiKey: OKX_API_KEY,
  secret: OKX_SECRET_KEY,
  password: OKX_PASSPHRASE,
});
okx.urls.api.rest = OKX_URL;
// Instruments are not simulated; without this, ccxt requests them first.
okx.setMarkets([]);

const fetchLedger = (method) =>
  okx.fetchLedger(undefined, undefined, 100, { method });
const fetchFunding = () => fetchLedger("privateGetAssetBills");

const read = async () => ({
  ledger: await fetchFunding(),
  tradingLedger: await fetchLedger("privateGetAccountBills"),
  withdrawals: await okx.fetchWithdrawals(),
  deposits: await okx.fetchDeposits(),
  funding: await okx.fetchBalance({ type: "funding" }),
  trading: await okx.fetchBalance(),
});

// Again if money moved in between.
let result;
do {
  result = await read();
} while (result.ledger.length !== (await fetchFunding()).length);
console.log(JSON.stringify(result));
