package io.okxexporter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.BillClass;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillTypesTest {
  private final BillTypes types = new BillTypes(Map.of());

  private static BillClass classOf(BillTypes types, String type, String change) {
    return types.classOf(Book.bill("1", Instant.EPOCH, type, change, "BTC"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, deposit",
    "1, -5, other",
    "2, -5, withdrawal",
    "2, 5, other",
    "13, 5, withdrawal",
    "13, -5, other",
    "47, 5, other",
    "47, -5, other",
    "28, 0, income",
    "75, -5, earn",
    "80, 5, earn",
    "84, -1, cost",
    "84, 1, other",
    "116, -5, fiat",
    "130, 5, transfer",
    "130, -5, other",
    "131, 5, other",
    "132, -5, frozen",
    "176, 5, loan",
    "187, 5, broker",
    "221, -1, withdrawal_fee",
    "221, 1, other",
    "222, 1, withdrawal_fee",
    "229, -5, other",
    "272, -5, trade",
    "284, -5, custody",
    "284, 5, other",
    "314, 5, user",
    "361, 5, sub_account",
    "477, 5, custody",
    "02, -5, other",
    "'', -5, other",
    "withdrawal, -5, other",
  })
  void type_and_sign_make_the_class(String type, String change, String expected) {
    assertThat(classOf(types, type, change).label()).isEqualTo(expected);
  }

  @Test
  void all_documented_types_are_known_and_nothing_is_a_range() {
    // Of 47, "any" sign of class "other": the one documented type that is unknown here.
    assertThat(
            IntStream.range(-1, 1000)
                .mapToObj(String::valueOf)
                .filter(type -> classOf(types, type, "0") != BillClass.OTHER))
        .hasSize(147)
        .contains("1", "20", "23", "225", "228", "477")
        .doesNotContain("0", "3", "21.5", "24", "79", "81", "224", "230", "285.5", "475", "478");
  }

  @Test
  void the_user_names_a_type() {
    BillTypes named =
        new BillTypes(
            Map.of("512", BillClass.EARN, "513", BillClass.INCOME, "514", BillClass.COST));
    assertThat(classOf(named, "512", "-5")).isEqualTo(BillClass.EARN);
    assertThat(classOf(named, "512", "5")).isEqualTo(BillClass.EARN);
    assertThat(classOf(named, "513", "5")).isEqualTo(BillClass.INCOME);
    assertThat(classOf(named, "513", "-5")).isEqualTo(BillClass.OTHER);
    assertThat(classOf(named, "514", "-5")).isEqualTo(BillClass.COST);
    assertThat(classOf(named, "514", "5")).isEqualTo(BillClass.OTHER);
    assertThat(classOf(named, "515", "5")).isEqualTo(BillClass.OTHER);
    assertThat(classOf(named, "2", "-5")).isEqualTo(BillClass.WITHDRAWAL);
    assertThat(classOf(types, "512", "-5")).isEqualTo(BillClass.OTHER);
  }

  @Test
  void what_the_user_names_replaces_what_is_documented() {
    assertThat(classOf(new BillTypes(Map.of("47", BillClass.INCOME)), "47", "5"))
        .isEqualTo(BillClass.INCOME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Earn", " earn", "", "withdrawals"})
  void a_class_has_one_spelling(String label) {
    assertThat(BillClass.ofLabel(label)).isEmpty();
  }

  @Test
  void a_message_can_list_the_classes() {
    assertThat(String.join(" ", BillClass.labels()))
        .isEqualTo(
            "deposit withdrawal withdrawal_fee user fiat sub_account custody broker other earn loan"
                + " frozen transfer trade income cost");
    assertThat(BillClass.labels())
        .allSatisfy(it -> assertThat(BillClass.ofLabel(it)).map(BillClass::label).hasValue(it));
  }
}
