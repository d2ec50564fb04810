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
    String query =
        PAGE
            + parameter("thirdPartyType", provider)
            // OKX calls it after, as its list begins with the newest.
            + parameter("after", before == null ? null : before.toEpochMilli());
    sender.sendSigned(
        user, new Query<>(Endpoint.ASSET_BILLS, query, null, LedgerReader.BILLS), done);
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
      User user, @Nullable String id, Consumer<Outcome<List<Withdrawal>>> done) {
    String query = PAGE + parameter("wdId", id);
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

  private static String parameter(String name, @Nullable Object value) {
    return value == null ? "" : "&" + name + "=" + value;
  }
}
