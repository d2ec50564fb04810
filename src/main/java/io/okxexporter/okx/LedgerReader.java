package io.okxexporter.okx;

import com.fasterxml.jackson.databind.JsonNode;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import io.okxexporter.okx.ResponseClassifier.DataReader;
import io.okxexporter.okx.ResponseClassifier.MalformedException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a page of a ledger, of each row only the fields it names. One malformed row makes the page
 * malformed: without it, money that left might not be seen.
 */
final class LedgerReader<T> implements DataReader<List<T>> {
  static final LedgerReader<Bill> BILLS =
      new LedgerReader<>(Set.of("billId", "ts", "ccy", "balChg", "type"), LedgerReader::bill);

  static final LedgerReader<Bill> TRADING_BILLS =
      new LedgerReader<>(
          Set.of("billId", "ts", "ccy", "balChg", "subType"), LedgerReader::tradingBill);

  static final LedgerReader<Bill> SUB_ACCOUNT_BILLS =
      new LedgerReader<>(
          Set.of("billId", "ts", "ccy", "amt", "type"), LedgerReader::subAccountBill);

  static final LedgerReader<Withdrawal> WITHDRAWALS =
      new LedgerReader<>(
          Set.of("wdId", "ts", "ccy", "amt", "fee", "feeCcy", "state"), LedgerReader::withdrawal);

  static final LedgerReader<Withdrawal> FIAT_WITHDRAWALS =
      new LedgerReader<>(
          Set.of("ordId", "cTime", "ccy", "amt", "fee", "state"), LedgerReader::fiatWithdrawal);

  private static final Pattern ID = Pattern.compile("\\d{1,32}");
  private static final Pattern TYPE = Pattern.compile("\\d{1,6}");

  /** To a sub-account, and from one. */
  private static final Pattern SUB_ACCOUNT_TYPE = Pattern.compile("[01]");

  /** It becomes a label. */
  private static final Pattern CCY = Pattern.compile("[A-Za-z0-9]{1,20}");

  private final Set<String> fields;
  private final DataReader<T> row;

  private LedgerReader(Set<String> fields, DataReader<T> row) {
    this.fields = fields;
    this.row = row;
  }

  @Override
  public JsonNode parse(byte[] body) throws IOException {
    return RowParser.parse(body, fields);
  }

  @Override
  public List<T> read(JsonNode data) throws MalformedException {
    if (!data.isArray()) {
      throw new MalformedException("data is not a list");
    }
    List<T> rows = new ArrayList<>(data.size());
    for (JsonNode each : data) {
      rows.add(row.read(each));
    }
    return List.copyOf(rows);
  }

  private static Bill bill(JsonNode row) throws MalformedException {
    return bill(row, JsonFields.requiredDecimal("balChg", row), word(TYPE, "type", row));
  }

  private static Bill tradingBill(JsonNode row) throws MalformedException {
    return bill(row, JsonFields.requiredDecimal("balChg", row), word(TYPE, "subType", row));
  }

  private static Bill subAccountBill(JsonNode row) throws MalformedException {
    String type = word(SUB_ACCOUNT_TYPE, "type", row);
    BigDecimal amount = amount(row);
    return bill(row, type.equals("0") ? amount.negate() : amount, type);
  }

  private static Bill bill(JsonNode row, BigDecimal change, String type) throws MalformedException {
    return new Bill(
        word(ID, "billId", row),
        JsonFields.instant("ts", row.path("ts")),
        word(CCY, "ccy", row),
        change,
        type);
  }

  private static Withdrawal withdrawal(JsonNode row) throws MalformedException {
    return new Withdrawal(
        word(ID, "wdId", row),
        JsonFields.instant("ts", row.path("ts")),
        word(CCY, "ccy", row),
        amount(row),
        fee(row),
        stage(state(row)));
  }

  private static Withdrawal fiatWithdrawal(JsonNode row) throws MalformedException {
    return new Withdrawal(
        word(ID, "ordId", row),
        JsonFields.instant("cTime", row.path("cTime")),
        word(CCY, "ccy", row),
        amount(row),
        fee(row),
        fiatStage(state(row)));
  }

  private static String word(Pattern pattern, String field, JsonNode row)
      throws MalformedException {
    JsonNode node = row.path(field);
    String text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
    if (!pattern.matcher(text).matches()) {
      throw new MalformedException(field + " is missing or invalid");
    }
    return text;
  }

  private static BigDecimal amount(JsonNode row) throws MalformedException {
    BigDecimal amount = JsonFields.requiredDecimal("amt", row);
    if (amount.signum() < 0) {
      throw new MalformedException("amt is negative");
    }
    return amount;
  }

  /** Zero if it is paid in another currency. */
  private static BigDecimal fee(JsonNode row) {
    String ccy = row.path("feeCcy").asText("");
    BigDecimal fee = JsonFields.number(row.path("fee"));
    boolean same = ccy.isEmpty() || ccy.equals(row.path("ccy").asText());
    return fee == null || !same ? BigDecimal.ZERO : fee.abs();
  }

  private static String state(JsonNode row) throws MalformedException {
    if (JsonFields.absent(row.path("state"))) {
      throw new MalformedException("state is missing");
    }
    return row.path("state").asText();
  }

  /** A state that is not known to be final is pending. */
  private static Stage stage(String state) {
    return switch (state) {
      case "0", "17", "19" -> Stage.CANCELLABLE;
      case "4", "5", "6", "8", "9", "12" -> Stage.REVIEW;
      case "2" -> Stage.DONE;
      case "-1", "-2" -> Stage.CANCELLED;
      default -> Stage.IN_PROGRESS;
    };
  }

  private static Stage fiatStage(String state) {
    return switch (state) {
      case "completed" -> Stage.DONE;
      case "failed", "canceled" -> Stage.CANCELLED;
      default -> Stage.IN_PROGRESS;
    };
  }
}
