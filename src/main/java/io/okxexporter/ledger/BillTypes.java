package io.okxexporter.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.model.Bill;
import io.okxexporter.model.BillClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What each type of bill means: the documented types, and those that the user names. */
final class BillTypes {
  private static final String FILE = "bill-types.tsv";
  private static final Map<String, Meaning> DOCUMENTED = read();

  private final Map<String, Meaning> meanings = new HashMap<>(DOCUMENTED);

  private record Meaning(BillClass billClass, Sign sign) {}

  /** The sign that a class expects of a change. */
  private enum Sign {
    IN,
    OUT,
    ANY;

    boolean allows(int signum) {
      return switch (this) {
        case IN -> signum >= 0;
        case OUT -> signum <= 0;
        case ANY -> true;
      };
    }
  }

  /**
   * @param named classes by type, which replace the documented ones
   */
  BillTypes(Map<String, BillClass> named) {
    named.forEach((type, it) -> meanings.put(type, new Meaning(it, usualSign(it))));
  }

  private static Sign usualSign(BillClass billClass) {
    return switch (billClass) {
      case DEPOSIT, INCOME -> Sign.IN;
      case COST -> Sign.OUT;
      case WITHDRAWAL, WITHDRAWAL_FEE, USER, FIAT, SUB_ACCOUNT, CUSTODY, BROKER, OTHER -> Sign.ANY;
      case EARN, LOAN, FROZEN, TRANSFER, TRADE -> Sign.ANY;
    };
  }

  /**
   * The class of a bill: {@link BillClass#OTHER} for an unknown type, and for a sign that its class
   * does not expect, since money must not leave unseen as, say, a negative income.
   */
  BillClass classOf(Bill bill) {
    Meaning meaning = meanings.get(bill.type());
    return meaning != null && meaning.sign.allows(bill.change().signum())
        ? meaning.billClass
        : BillClass.OTHER;
  }

  private static Map<String, Meaning> read() {
    try (InputStream in = Objects.requireNonNull(BillTypes.class.getResourceAsStream(FILE), FILE);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .collect(Collectors.toUnmodifiableMap(cells -> cells[0], BillTypes::meaning));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Meaning meaning(String[] cells) {
    return new Meaning(
        BillClass.ofLabel(cells[1]).orElseThrow(), Sign.valueOf(cells[2].toUpperCase(Locale.ROOT)));
  }
}
