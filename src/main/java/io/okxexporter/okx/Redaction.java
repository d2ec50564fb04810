package io.okxexporter.okx;

import io.okxexporter.model.IpAddress;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Secret;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a text of OKX's fit for the log: {@code msg} can hold internal URLs, user ids, the caller's
 * address and, for all we know, amounts and keys.
 */
final class Redaction {
  private static final int MAX_LENGTH = 160;
  private static final Pattern CONTROL = Pattern.compile("\\p{C}+");
  private static final Pattern URL = Pattern.compile("\\w+://\\S*");

  /** Keys and signatures have digits; names of headers have not. */
  private static final Pattern LONG_TOKEN = Pattern.compile("(?=[A-Za-z_+/=-]*\\d)[\\w+/=-]{20,}");

  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{6,}");
  private static final Pattern NUMBER = Pattern.compile("\\d{6,}|\\d+[.,]\\d+(?!\\.?\\d)");

  private final List<Secret> secrets;

  /**
   * @param secrets never repeated, wherever OKX may put them
   */
  Redaction(List<Secret> secrets) {
    this.secrets = secrets;
  }

  /**
   * Shortened, without anything that could identify somebody; the address stays where it is what
   * the user must add to the key's list.
   */
  String redact(String text, Reason reason) {
    String safe = CONTROL.matcher(withoutKey(text)).replaceAll(" ");
    safe = cut(safe, 4 * MAX_LENGTH);
    safe = URL.matcher(safe).replaceAll("<url>");
    safe = LONG_TOKEN.matcher(safe).replaceAll("<id>");
    if (reason == Reason.IP_NOT_ALLOWED) {
      safe = LONG_NUMBER.matcher(safe).replaceAll("<number>");
    } else {
      safe = IpAddress.PATTERN.matcher(safe).replaceAll("<address>");
      safe = NUMBER.matcher(safe).replaceAll("<number>");
    }
    return cut(safe.strip(), MAX_LENGTH);
  }

  private String withoutKey(String text) {
    String safe = text;
    for (Secret secret : secrets) {
      safe = safe.replace(secret.reveal(), "<key>");
    }
    return safe;
  }

  /** On one line, at most so many characters. */
  static String shorten(String text, int length) {
    return cut(CONTROL.matcher(cut(text, 4 * length)).replaceAll(" ").strip(), length);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }
}
