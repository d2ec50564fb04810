// Calls what the simulated exchange serves with okx-api, and prints the answers as JSON. The valuation
// is left to the exporter, which uses all that its limit allows.
import { RestClient } from "okx-api";

const { OKX_URL, OKX_API_KEY, OKX_SECRET_KEY, OKX_PASSPHRASE } = process.env;
const okx = new RestClient({
  apiKey: OKX_API_KEY,
  apiSecret: OKX_SECRET_KEY,
  apiPass: OKX_PASSPHRASE,
  baseUrl: OKX_URL,
});

const result = {
  account: await okx.getAccountConfiguration(),
  funding: await okx.getAssetBillsDetails(),
  trading: await okx.getBills({ type: "1" }),
  subAccounts: await okx.getSubAccountTransferHistory(),
  withdrawals: await okx.getWithdrawalHistory(),
  deposits: await okx.getDepositHistory(),
  fundingBalances: await okx.getBalances(),
  tradingBalance: await okx.getBalance(),
  prices: await okx.getIndexTickers({ quoteCcy: "USDT" }),
};
console.log(JSON.stringify(result));
