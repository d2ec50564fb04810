package io.okxexporter.okx;

import io.okxexporter.model.Bill;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.HttpProxy;
import io.okxexporter.model.LedgerApi;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.okx.RequestSender.Query;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of OKX's ledgers over HTTP. */
public final class LedgerClient implements LedgerApi {
  private static final String PAGE = "?limit=" + PAGE_SIZE;

  /** OKX's number, in the trading account's ledger, of bills of transfers. */
  private static final int TRANSFER = 1;

  private final RequestSender sender;

  /**
   * @param clock signs the requests with its wall time, corrected where it is far off
   * @param skews how far the local clock is ahead of a host's; zero if unknown
   * @param userAgent the {@code User-Agent} header
   */
  public LedgerClient(
      Transport transport, Clock clock, Function<URI, Duration> skews, String userAgent) {
    sender = new RequestSender(transport, clock, skews, userAgent);
  }

  /**
   * {@inheritDoc}
   *
   * @see <a href="https://www.okx.com/docs-v5/en/#funding-account-rest-api-asset-bills-details">
   *     Asset bills details</a>
   */
  @Override
  public void fundingBills(
      User user,
      @Nullable String provider,
      @Nullable Instant before,
      Consumer<Outcome<List<Bill>>> done) {
    String query = PAGE + parameter("thirdPartyType", provider) + earlierThan(before);
    sender.sendSigned(
        user, new Query<>(Endpoint.ASSET_BILLS, query, null, LedgerReader.BILLS), done);
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-bills-details-last-7-days">
   *     Get bills details (last 7 days)</a>
   */
  @Override
  public void tradingTransfers(
      User user, @Nullable String after, Consumer<Outcome<List<Bill>>> done) {
    String query = PAGE + parameter("type", TRANSFER) + parameter("after", after);
    sender.sendSigned(
        user, new Query<>(Endpoint.ACCOUNT_BILLS, query, null, LedgerReader.TRADING_BILLS), done);
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-history-of-sub-account-transfer">
   *     Get history of sub-account transfer</a>
   */
  @Override
  public void subAccountTransfers(
      User user, @Nullable Instant before, Consumer<Outcome<List<Bill>>> done) {
    String query = PAGE + earlierThan(before);
    sender.sendSigned(
        user,
        new Query<>(Endpoint.SUB_ACCOUNT_BILLS, query, null, LedgerReader.SUB_ACCOUNT_BILLS),
        done);
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-withdrawal-history">Get
   *     withdrawal history</a>
   */
  @Override
  public void withdrawals(
      User user,
      @Nullable String id,
      @Nullable Instant before,
      Consumer<Outcome<List<Withdrawal>>> done) {
    String query = PAGE + parameter("wdId", id) + earlierThan(before);
    sender.sendSigned(
        user,
        new Query<>(Endpoint.WITHDRAWAL_HISTORY, query, null, LedgerReader.WITHDRAWALS),
        done);
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-withdrawal-order-history">
   *     Get fiat withdrawal order history</a>
   */
  @Override
  public void fiatWithdrawals(User user, Consumer<Outcome<List<Withdrawal>>> done) {
    sender.sendSigned(
        user,
        new Query<>(Endpoint.FIAT_WITHDRAWALS, PAGE, null, LedgerReader.FIAT_WITHDRAWALS),
        done);
  }

  /**
   * {@inheritDoc}
   *
   * @see <a href="https://www.okx.com/docs-v5/en/#public-data-rest-api-get-index-tickers">Get index
   *     tickers</a>
   */
  @Override
  public void indexPrices(
      URI host, @Nullable HttpProxy proxy, Consumer<Outcome<Map<String, BigDecimal>>> done) {
    Query<Map<String, BigDecimal>> query =
        new Query<>(Endpoint.INDEX_TICKERS, "?quoteCcy=USDT", null, new IndexPriceReader());
    sender.sendUnsigned(host, proxy, query, null, done);
  }

  /** OKX calls it after, as its lists begin with the newest. */
  private static String earlierThan(@Nullable Instant before) {
    return parameter("after", before == null ? null : before.toEpochMilli());
  }

  private static String parameter(String name, @Nullable Object value) {
    return value == null ? "" : "&" + name + "=" + value;
  }
}
