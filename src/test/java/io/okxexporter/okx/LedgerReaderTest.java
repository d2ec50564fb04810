package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.okxexporter.fixture.Users;
import io.okxexporter.model.Bill;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.Outcome.Success;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Withdrawal;
import io.okxexporter.model.Withdrawal.Stage;
import io.okxexporter.okx.ResponseClassifier.DataReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the bodies of ledgers and prices. */
class LedgerReaderTest {
  private static final Redaction REDACTION = new Redaction(Users.KEY.secrets());
  private static final JsonMapper JSON = new JsonMapper();

  /** The readers, each with a row that has all documented fields. */
  enum Page {
    BILLS(
        LedgerReader.BILLS,
        """
        {"billId":"12344","ccy":"BTC","clientId":"","balChg":"-2.50","bal":"12","type":"2",
         "ts":"1597026383085","notes":""}"""),
    TRADING_BILLS(
        LedgerReader.TRADING_BILLS,
        """
        {"bal":"8694.21","balChg":"-30","billId":"623950854533513219","ccy":"USDT","clOrdId":"",
         "earnAmt":"","earnApr":"","execType":"","fee":"0","fillTime":"","from":"18","instId":"",
         "instType":"","interest":"0","mgnMode":"","notes":"To Funding Account","ordId":"",
         "pnl":"0","posBal":"0","posBalChg":"0","px":"","subType":"12","sz":"30","tag":"","to":"6",
         "tradeId":"","ts":"1695033476167","type":"1"}"""),
    SUB_ACCOUNT_BILLS(
        LedgerReader.SUB_ACCOUNT_BILLS,
        """
        {"amt":"1.1","billId":"89887685","ccy":"USDT","subAcct":"hahawang1","ts":"1712560959000",
         "type":"0"}"""),
    WITHDRAWALS(
        LedgerReader.WITHDRAWALS,
        """
        {"chain":"ETH-Ethereum","fee":"0.007","feeCcy":"ETH","ccy":"ETH","clientId":"",
         "toAddrType":"1","amt":"0.029809","txId":"0x35c1","from":"156","areaCodeFrom":"86",
         "to":"0xa30d","areaCodeTo":"","tag":null,"pmtId":null,"memo":null,"note":"","state":"17",
         "addrEx":{"comment":"1"},"nonTradableAsset":false,"ts":"1655251200000","type":"4",
         "wdId":"15447421"}"""),
    FIAT_WITHDRAWALS(
        LedgerReader.FIAT_WITHDRAWALS,
        """
        {"cTime":"1707429385000","ordId":"124041201450544699","paymentMethod":"TR_BANKS",
         "paymentAcctId":"20","fee":"0","amt":"100","ccy":"TRY","state":"inqueue","clientId":"",
         "uTime":"1707429385000"}"""),
    INDEX_TICKERS(
        new IndexPriceReader(),
        """
        {"instId":"BTC-USDT","idxPx":"43350.10","high24h":"43649.7","sodUtc0":"43444.1",
         "open24h":"43640.8","low24h":"43261.9","sodUtc8":"43328.7","ts":"1649419644492"}""");

    @SuppressWarnings("ImmutableEnumChecker") // none of them changes
    final DataReader<?> reader;

    private final String row;

    Page(DataReader<?> reader, String row) {
      this.reader = reader;
      this.row = row;
    }

    ObjectNode row() {
      try {
        return (ObjectNode) JSON.readTree(row);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    Outcome<?> read(JsonNode... rows) {
      return read(body(rows).toString());
    }

    Outcome<?> read(String body) {
      return read(200, body.getBytes(UTF_8));
    }

    Outcome<?> read(int status, byte[] body) {
      return ResponseClassifier.read(status, Duration.ZERO, body, reader, REDACTION);
    }
  }

  static ObjectNode body(JsonNode... rows) {
    ObjectNode body = JSON.createObjectNode().put("code", "0").put("msg", "");
    body.putArray("data").addAll(List.of(rows));
    return body;
  }

  private static final Bill BILL =
      new Bill("12344", Instant.ofEpochMilli(1597026383085L), "BTC", new BigDecimal("-2.5"), "2");

  private static final Bill SENT =
      new Bill(
          "89887685", Instant.ofEpochMilli(1712560959000L), "USDT", new BigDecimal("-1.1"), "0");

  @Test
  void the_documented_pages_are_read_to_the_last_digit() {
    assertThat(Page.BILLS.read(Page.BILLS.row())).isEqualTo(new Success<>(List.of(BILL)));
    assertThat(Page.TRADING_BILLS.read(Page.TRADING_BILLS.row()))
        .isEqualTo(
            new Success<>(
                List.of(
                    new Bill(
                        "623950854533513219",
                        Instant.ofEpochMilli(1695033476167L),
                        "USDT",
                        new BigDecimal("-3E+1"),
                        "12"))));
    assertThat(Page.SUB_ACCOUNT_BILLS.read(Page.SUB_ACCOUNT_BILLS.row()))
        .isEqualTo(new Success<>(List.of(SENT)));
    assertThat(Page.SUB_ACCOUNT_BILLS.read(Page.SUB_ACCOUNT_BILLS.row().put("type", "1")))
        .isEqualTo(
            new Success<>(
                List.of(new Bill(SENT.id(), SENT.at(), "USDT", new BigDecimal("1.1"), "1"))));
    assertThat(Page.WITHDRAWALS.read(Page.WITHDRAWALS.row()))
        .isEqualTo(
            new Success<>(
                List.of(
                    new Withdrawal(
                        "15447421",
                        Instant.ofEpochMilli(1655251200000L),
                        "ETH",
                        new BigDecimal("0.029809"),
                        new BigDecimal("0.007"),
                        Stage.CANCELLABLE))));
    assertThat(Page.FIAT_WITHDRAWALS.read(Page.FIAT_WITHDRAWALS.row()))
        .isEqualTo(
            new Success<>(
                List.of(
                    new Withdrawal(
                        "124041201450544699",
                        Instant.ofEpochMilli(1707429385000L),
                        "TRY",
                        new BigDecimal("1E+2"),
                        BigDecimal.ZERO,
                        Stage.IN_PROGRESS))));
    assertThat(Page.INDEX_TICKERS.read(Page.INDEX_TICKERS.row()))
        .isEqualTo(new Success<>(Map.of("BTC", new BigDecimal("43350.1"))));
  }

  @ParameterizedTest
  @CsvSource({"0.007, ETH, 0.007", "-0.007, '', 0.007", "0.5, USDT, 0", "'', ETH, 0", "x, ETH, 0"})
  void a_fee_counts_in_the_currency_of_the_withdrawal(String fee, String ccy, String expected) {
    JsonNode row = Page.WITHDRAWALS.row().put("fee", fee).put("feeCcy", ccy);
    Success<?> success = (Success<?>) Page.WITHDRAWALS.read(row);
    assertThat((List<?>) success.value())
        .singleElement(InstanceOfAssertFactories.type(Withdrawal.class))
        .extracting(Withdrawal::fee)
        .isEqualTo(new BigDecimal(expected));
  }

  @Test
  void rows_keep_their_order_and_an_empty_ledger_is_known_to_be_empty() {
    JsonNode second = Page.BILLS.row().put("billId", "12343").put("balChg", "0");
    assertThat(Page.BILLS.read(Page.BILLS.row(), second, Page.BILLS.row()))
        .isEqualTo(
            new Success<>(
                List.of(BILL, new Bill("12343", BILL.at(), "BTC", BigDecimal.ZERO, "2"), BILL)));
    for (Page page : List.of(Page.BILLS, Page.WITHDRAWALS, Page.FIAT_WITHDRAWALS)) {
      assertThat(page.read()).isEqualTo(new Success<>(List.of()));
    }
  }

  @Test
  void numbers_may_be_written_as_json_numbers() {
    JsonNode row =
        Page.BILLS
            .row()
            .put("billId", 12344)
            .put("balChg", -2.5)
            .put("type", 2)
            .put("ts", 1597026383085L);
    assertThat(Page.BILLS.read(row)).isEqualTo(new Success<>(List.of(BILL)));
    assertThat(stage(Page.WITHDRAWALS, JsonNodeFactory.instance.numberNode(-1)))
        .isEqualTo(Stage.CANCELLED);
  }

  @ParameterizedTest
  @CsvSource({
    "CANCELLABLE, 0 17 19",
    "REVIEW, 4 5 6 8 9 12",
    "DONE, 2",
    "CANCELLED, -1 -2",
    "IN_PROGRESS, 1 3 7 10 15 16 -3 20 00 02 +2 new",
  })
  void each_state_of_a_withdrawal_has_its_stage(Stage stage, String states) {
    for (String state : states.split(" ", -1)) {
      assertThat(stage(Page.WITHDRAWALS, TextNode.valueOf(state))).as(state).isEqualTo(stage);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DONE, completed",
    "CANCELLED, failed canceled",
    "IN_PROGRESS, pending inqueue processing new COMPLETED 2",
  })
  void each_state_of_a_withdrawal_to_a_bank_has_its_stage(Stage stage, String states) {
    for (String state : states.split(" ", -1)) {
      assertThat(stage(Page.FIAT_WITHDRAWALS, TextNode.valueOf(state))).as(state).isEqualTo(stage);
    }
  }

  private static Stage stage(Page page, JsonNode state) {
    Success<?> success = (Success<?>) page.read(page.row().set("state", state));
    return ((Withdrawal) ((List<?>) success.value()).get(0)).stage();
  }

  private static final String ID = "a1 -1 1.5 \u0661 " + "1".repeat(33);
  private static final String TIME = "x -1 1.5 99999999999999 1E-3";
  private static final String CCY = "B/C B-C \u20ae a\\b " + "A".repeat(21);
  private static final String NUMBER =
      "x NaN 1,5 1E30 1E-61 1e999999999 0x1 .5 " + "9".repeat(1001);

  static Stream<Arguments> requiredFields() {
    return Stream.of(
        Arguments.of(Page.BILLS, "billId", "is missing or invalid", ID),
        Arguments.of(Page.BILLS, "ts", "is not a time in milliseconds", TIME),
        Arguments.of(Page.BILLS, "ccy", "is missing or invalid", CCY),
        Arguments.of(Page.BILLS, "balChg", "is not a decimal number", NUMBER),
        Arguments.of(Page.BILLS, "type", "is missing or invalid", "x -1 1.5 1234567"),
        Arguments.of(Page.TRADING_BILLS, "billId", "is missing or invalid", ID),
        Arguments.of(Page.TRADING_BILLS, "ts", "is not a time in milliseconds", TIME),
        Arguments.of(Page.TRADING_BILLS, "ccy", "is missing or invalid", CCY),
        Arguments.of(Page.TRADING_BILLS, "balChg", "is not a decimal number", NUMBER),
        Arguments.of(Page.TRADING_BILLS, "subType", "is missing or invalid", "x -1 1.5 1234567"),
        Arguments.of(Page.SUB_ACCOUNT_BILLS, "billId", "is missing or invalid", ID),
        Arguments.of(Page.SUB_ACCOUNT_BILLS, "ts", "is not a time in milliseconds", TIME),
        Arguments.of(Page.SUB_ACCOUNT_BILLS, "ccy", "is missing or invalid", CCY),
        Arguments.of(Page.SUB_ACCOUNT_BILLS, "amt", "is not a decimal number", NUMBER),
        Arguments.of(Page.SUB_ACCOUNT_BILLS, "amt", "is negative", "-1 -1E-9"),
        Arguments.of(Page.SUB_ACCOUNT_BILLS, "type", "is missing or invalid", "x -1 2 01 1.0"),
        Arguments.of(Page.WITHDRAWALS, "wdId", "is missing or invalid", ID),
        Arguments.of(Page.WITHDRAWALS, "ts", "is not a time in milliseconds", TIME),
        Arguments.of(Page.WITHDRAWALS, "ccy", "is missing or invalid", CCY),
        Arguments.of(Page.WITHDRAWALS, "amt", "is not a decimal number", NUMBER),
        Arguments.of(Page.WITHDRAWALS, "amt", "is negative", "-1 -1E-9"),
        Arguments.of(Page.WITHDRAWALS, "state", "is missing", ""),
        Arguments.of(Page.FIAT_WITHDRAWALS, "ordId", "is missing or invalid", ID),
        Arguments.of(Page.FIAT_WITHDRAWALS, "cTime", "is not a time in milliseconds", TIME),
        Arguments.of(Page.FIAT_WITHDRAWALS, "ccy", "is missing or invalid", CCY),
        Arguments.of(Page.FIAT_WITHDRAWALS, "amt", "is not a decimal number", NUMBER),
        Arguments.of(Page.FIAT_WITHDRAWALS, "state", "is missing", ""));
  }

  /** Money could hide in a row that is dropped. */
  @ParameterizedTest
  @MethodSource("requiredFields")
  void one_row_with_an_invalid_field_makes_the_page_malformed(
      Page page, String field, String problem, String invalid) {
    for (String value : invalid.split(" ", -1)) {
      assertThat(page.read(page.row(), page.row().put(field, value)))
          .as(value)
          .isEqualTo(malformed(field + " " + problem));
    }
  }

  @ParameterizedTest
  @MethodSource("requiredFields")
  void one_row_without_a_field_makes_the_page_malformed(Page page, String field) {
    List<ObjectNode> without =
        List.of(
            page.row().without(field),
            page.row().set(field, NullNode.instance),
            page.row().put(field, ""),
            page.row().set(field, JSON.createObjectNode().put("amt", "1")),
            page.row().set(field, JSON.createArrayNode().add("1")));
    for (ObjectNode row : without) {
      Failure<?> failure = (Failure<?>) page.read(page.row(), row);
      assertThat(failure.reason()).isEqualTo(Reason.MALFORMED);
      assertThat(failure.detail()).startsWith("HTTP 200, but " + field + " is ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "\"x\"", "true", "[]", "{}", "[{\"billId\":\"1\"}]"})
  void what_is_no_row_makes_a_ledger_malformed(String element) throws IOException {
    for (Page page : List.of(Page.BILLS, Page.WITHDRAWALS, Page.FIAT_WITHDRAWALS)) {
      assertThat(((Failure<?>) page.read(page.row(), JSON.readTree(element))).reason())
          .isEqualTo(Reason.MALFORMED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"code\":\"0\"}",
        "{\"code\":\"0\",\"data\":null}",
        "{\"code\":\"0\",\"data\":\"\"}",
        "{\"code\":\"0\",\"data\":{}}",
        "{\"code\":\"0\",\"data\":{\"0\":{}}}",
        "{\"code\":\"0\",\"data\":[]",
        "{\"code\":\"0\",\"data\":[]} {}",
        "{\"code\":\"0\",\"data\":[],\"data\":[]}",
        "{\"code\":\"0\",\"code\":\"0\",\"data\":[]}",
        "{\"code\":\"0\",\"data\":[],\"x\":1,\"x\":1}",
        "{\"code\":\"0\",\"data\":[],\"x\":{\"y\":1,\"y\":1}}",
        "{\"code\":\"0\",\"data\":[],\"x\":tru}",
        "{\"code\":\"0\",\"data\":[],\"x\":\"\\x\"}",
        "{\"code\":null,\"data\":[]}",
        "{\"code\":true,\"data\":[]}",
        "{\"code\":{\"code\":\"0\"},\"data\":[]}",
      })
  void a_body_that_is_no_page_is_malformed(String body) {
    for (Page page : Page.values()) {
      assertThat(((Failure<?>) page.read(body)).reason()).isEqualTo(Reason.MALFORMED);
    }
  }

  /** Skipped fields obey the rules of all JSON. */
  @ParameterizedTest
  @ValueSource(strings = {"billId", "txId", "unknown"})
  void a_field_that_is_written_twice_or_nested_too_deep_is_malformed(String field) {
    for (Page page : Page.values()) {
      String row = page.row().without(field).toString().replaceFirst("}$", ",");
      String name = "\"" + field + "\":";
      assertThat(reason(page, row + name + "1," + name + "1}")).isEqualTo(Reason.MALFORMED);
      assertThat(reason(page, row + name + "[".repeat(32) + "]".repeat(32) + "}"))
          .isEqualTo(Reason.MALFORMED);
      assertThat(reason(page, row + name + "\"\u00e9\"}")).isEqualTo(Reason.MALFORMED);
    }
  }

  private static Reason reason(Page page, String row) {
    byte[] body = ("{\"code\":\"0\",\"data\":[" + row + "]}").getBytes(ISO_8859_1);
    return ((Failure<?>) page.read(200, body)).reason();
  }

  @Test
  void a_malformed_price_hides_no_other() {
    Page page = Page.INDEX_TICKERS;
    ArrayNode rows =
        JSON.createArrayNode()
            .add(page.row().without("idxPx"))
            .add(page.row().put("instId", "A-USDT").put("idxPx", ""))
            .add(page.row().put("instId", "B-USDT").put("idxPx", "0"))
            .add(page.row().put("instId", "C-USDT").put("idxPx", "-1"))
            .add(page.row().put("instId", "D-USDT").put("idxPx", "x"))
            .add(page.row().put("instId", "E-USD"))
            .add(page.row().put("instId", "F_G-USDT"))
            .add(page.row().put("instId", 7))
            .add("x")
            .addNull()
            .add(page.row().put("instId", "1INCH-USDT").put("idxPx", "9E-7"));
    assertThat(page.read(rows.valueStream().toArray(JsonNode[]::new)))
        .isEqualTo(new Success<>(Map.of("1INCH", new BigDecimal("9E-7"))));
  }

  @Test
  void prices_without_any_price_are_malformed() {
    assertThat(Page.INDEX_TICKERS.read()).isEqualTo(malformed("data has no price"));
    assertThat(Page.INDEX_TICKERS.read(Page.INDEX_TICKERS.row().put("idxPx", "x")))
        .isEqualTo(malformed("data has no price"));
  }

  private static Failure<?> malformed(String detail) {
    return Failure.answered(Reason.MALFORMED, null, "HTTP 200, but " + detail, Duration.ZERO);
  }

  /** The words of OKX are left out, since they may quote an address. */
  @ParameterizedTest
  @MethodSource("io.okxexporter.okx.ResponseClassifierTest#recordedBodies")
  void a_failure_has_the_reason_and_the_code_that_it_has_at_every_endpoint(
      String file, int status, String reason) throws IOException {
    byte[] body = ResponseClassifierTest.fixture(file);
    Outcome<?> valuation =
        ResponseClassifier.read(
            status, Duration.ZERO, body, new ValuationReader("USDT"), REDACTION);
    if (valuation instanceof Failure<?> failure && failure.code() != null) {
      for (Page page : Page.values()) {
        assertThat(page.read(status, body))
            .isEqualTo(
                Failure.answered(
                    failure.reason(), failure.code(), "HTTP " + status, Duration.ZERO));
      }
      assertThat(failure.reason().label()).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "200, 50011, RATE_LIMITED, 50011",
        "200, \"50011\", RATE_LIMITED, 50011",
        "200, \"-30006\", UNKNOWN, -<number>",
        "200, 8613800138000, UNKNOWN, other",
        "200, \"jane@example.com\", UNKNOWN, other",
        "429, \"a\", RATE_LIMITED, other",
        "503, \" \", UNAVAILABLE,",
        "503, null, UNAVAILABLE,",
        "401, [1], AUTH,",
        "503, 0, UNAVAILABLE,",
      })
  void only_a_short_number_is_taken_for_a_code(
      int status, String code, Reason reason, String taken) {
    byte[] body = ("{\"code\":" + code + ",\"data\":[]}").getBytes(UTF_8);
    assertThat(Page.BILLS.read(status, body))
        .isEqualTo(Failure.answered(reason, taken, "HTTP " + status, Duration.ZERO));
  }

  @Property
  void what_is_unknown_changes_nothing(
      @ForAll Page page,
      @ForAll @StringLength(max = 12) String name,
      @ForAll("json") JsonNode junk,
      @ForAll boolean first) {
    ObjectNode row = with(page.row(), name, junk, first);
    ObjectNode body = with(body(row), name, junk, first);
    assertThat(page.read(body.toString()))
        .isInstanceOf(Success.class)
        .isEqualTo(page.read(page.row()));
  }

  private static ObjectNode with(ObjectNode object, String name, JsonNode junk, boolean first) {
    Assume.that(!object.has(name));
    ObjectNode added = JSON.createObjectNode();
    return first
        ? ((ObjectNode) added.set(name, junk)).setAll(object)
        : ((ObjectNode) added.setAll(object)).set(name, junk);
  }

  @Provide
  Arbitrary<JsonNode> json() {
    Arbitrary<JsonNode> plain =
        Arbitraries.oneOf(
            Arbitraries.strings().ascii().ofMaxLength(20).map(TextNode::valueOf),
            Arbitraries.bigDecimals().map(JsonNodeFactory.instance::numberNode),
            Arbitraries.of(NullNode.instance, JsonNodeFactory.instance.booleanNode(true)));
    return Arbitraries.recursive(() -> plain, LedgerReaderTest::nested, 0, 5);
  }

  private static Arbitrary<JsonNode> nested(Arbitrary<JsonNode> inner) {
    Arbitrary<String> names = Arbitraries.of("data", "code", "amt", "to", "x");
    return Arbitraries.oneOf(
        inner.list().ofMaxSize(3).map(each -> JSON.createArrayNode().addAll(each)),
        Arbitraries.maps(names, inner)
            .ofMaxSize(3)
            .map(each -> JSON.createObjectNode().setAll(each)));
  }

  @Property
  void no_mutation_of_a_page_makes_the_parser_throw(
      @ForAll Page page,
      @ForAll @IntRange(max = 600) int status,
      @ForAll byte[] splice,
      @ForAll @IntRange(max = 600) int at) {
    byte[] body = body(page.row(), page.row()).toString().getBytes(UTF_8);
    int cut = Math.min(at, body.length - 1);
    byte[] mutated = Arrays.copyOf(body, Math.max(body.length, cut + splice.length));
    System.arraycopy(splice, 0, mutated, cut, splice.length);
    assertThat(page.read(status, mutated)).isNotNull();
    assertThat(page.read(status, Arrays.copyOf(body, cut))).isInstanceOf(Failure.class);
  }

  @Test
  void a_full_page_fits_in_the_bound_of_its_endpoint() {
    for (Page page : List.of(Page.BILLS, Page.WITHDRAWALS, Page.FIAT_WITHDRAWALS)) {
      JsonNode[] rows = Stream.generate(page::row).limit(100).toArray(JsonNode[]::new);
      assertThat(body(rows).toString().length()).isLessThan(256 * 1024);
      assertThat((List<?>) ((Success<?>) page.read(rows)).value()).hasSize(100);
    }
  }
}
