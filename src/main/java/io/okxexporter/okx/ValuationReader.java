package io.okxexporter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.model.Valuation;
import io.okxexporter.okx.ResponseClassifier.MalformedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code data[0]} of the asset valuation. A missing value stays missing, never 0. */
final class ValuationReader implements ResponseClassifier.DataReader<Valuation> {
  /** OKX has four accounts; the limit keeps an absurd response from flooding /metrics. */
  private static final int MAX_ACCOUNTS = 64;

  /** Excludes characters that may change on the way to Prometheus and cause duplicate names. */
  private static final Pattern ACCOUNT = Pattern.compile("[\\w .:/-]{1,64}");

  private final String ccy;

  ValuationReader(String ccy) {
    this.ccy = ccy;
  }

  @Override
  public Valuation read(JsonNode data) throws MalformedException {
    JsonNode valuation = JsonFields.first(data);
    BigDecimal total = JsonFields.requiredDecimal("totalBal", valuation);
    return new Valuation(
        ccy, total, accounts(valuation.path("details")), updatedAt(valuation.path("ts")));
  }

  private static Map<String, BigDecimal> accounts(JsonNode details) throws MalformedException {
    if (JsonFields.absent(details)) {
      return Map.of();
    }
    if (!details.isObject() || details.size() > MAX_ACCOUNTS) {
      throw new MalformedException("details is not an object of accounts");
    }
    Map<String, BigDecimal> accounts = new HashMap<>();
    for (Map.Entry<String, JsonNode> detail : details.properties()) {
      String account = accountName(detail.getKey());
      BigDecimal value = JsonFields.decimal("details." + account, detail.getValue());
      if (value != null) {
        accounts.put(account, value);
      }
    }
    return accounts;
  }

  private static String accountName(String key) throws MalformedException {
    if (!ACCOUNT.matcher(key).matches()) {
      throw new MalformedException("details has a key that names no account");
    }
    return key;
  }

  private static @Nullable Instant updatedAt(JsonNode ts) throws MalformedException {
    return JsonFields.absent(ts) ? null : JsonFields.instant("ts", ts);
  }
}
