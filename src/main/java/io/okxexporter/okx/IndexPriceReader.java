package io.okxexporter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.okx.ResponseClassifier.DataReader;
import io.okxexporter.okx.ResponseClassifier.MalformedException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads index prices in USDT, by coin. Skips a malformed row, which must not hide the others. */
final class IndexPriceReader implements DataReader<Map<String, BigDecimal>> {
  private static final Set<String> FIELDS = Set.of("instId", "idxPx");

  private static final Pattern INDEX = Pattern.compile("([A-Za-z0-9]{1,20})-USDT");

  @Override
  public JsonNode parse(byte[] body) throws IOException {
    return RowParser.parse(body, FIELDS);
  }

  @Override
  public Map<String, BigDecimal> read(JsonNode data) throws MalformedException {
    Map<String, BigDecimal> prices = new HashMap<>();
    for (JsonNode row : data) {
      addIfComplete(prices, row);
    }
    if (prices.isEmpty()) {
      throw new MalformedException("data has no price");
    }
    return Map.copyOf(prices);
  }

  private static void addIfComplete(Map<String, BigDecimal> prices, JsonNode row) {
    Matcher index = INDEX.matcher(row.path("instId").asText());
    try {
      BigDecimal price = JsonFields.requiredDecimal("idxPx", row);
      if (index.matches() && price.signum() > 0) {
        prices.put(index.group(1), price);
      }
    } catch (MalformedException e) {
      // A coin without a price is shown without one.
    }
  }
}
