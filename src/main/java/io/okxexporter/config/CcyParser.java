package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.ValueParser;
import io.okxexporter.model.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses the units of valuations, OKX's {@code ccy}. */
final class CcyParser {
  /** Two, since a price moves one of them and a withdrawal both. */
  static final List<String> DEFAULT = List.of("USDT", "BTC");

  static final String EXPECTED_LIST = "expected a list of units, such as [USDT, BTC]";

  /** As OKX's documentation lists them; the list grows. */
  private static final Set<String> DOCUMENTED =
      Set.of(
          "BTC USDT USD CNY JPY KRW RUB EUR VND IDR INR PHP THB TRY AUD SGD ARS SAR AED IQD"
              .split(" "));

  private static final Pattern SYNTAX = Pattern.compile("[A-Z0-9]{2,10}");

  private CcyParser() {}

  /** Returns a parser for the units of one user; it rejects duplicates. */
  static ValueParser<String> parser() {
    Set<String> seen = new HashSet<>();
    return text -> {
      String unit = parse(text);
      if (!seen.add(unit)) {
        throw new InvalidValueException("expected each unit once");
      }
      return unit;
    };
  }

  private static String parse(String text) throws InvalidValueException {
    if (!SYNTAX.matcher(text).matches()) {
      throw new InvalidValueException(
          "expected a unit of 2 to 10 capital letters and digits" + suggestion(text));
    }
    return text;
  }

  private static String suggestion(String text) {
    String capitals = text.strip().toUpperCase(Locale.ROOT);
    return DOCUMENTED.contains(capitals) ? ": " + capitals : ", such as USDT";
  }

  /**
   * Returns one warning for each unit that OKX does not document, naming users that configure it.
   */
  static List<String> warnings(List<User> users) {
    Map<String, List<String>> usersByUnit = new LinkedHashMap<>();
    for (User user : users) {
      for (String unit : user.ccys()) {
        if (!DOCUMENTED.contains(unit)) {
          usersByUnit.computeIfAbsent(unit, key -> new ArrayList<>()).add(user.displayName());
        }
      }
    }
    return usersByUnit.entrySet().stream().map(e -> warning(e.getKey(), e.getValue())).toList();
  }

  private static String warning(String unit, List<String> users) {
    String others = users.size() == 1 ? "" : " and " + (users.size() - 1) + " more";
    return "unit \""
        + unit
        + "\" of user "
        + Problem.quoted(users.get(0))
        + others
        + " is not among those OKX documents"
        + (unit.equals("JP") ? ", did you mean JPY?" : "; OKX may reject it");
  }
}
