package io.okxexporter.okx;

import io.okxexporter.model.IpAddress;
import io.okxexporter.model.Reason;
import io.okxexporter.model.Secret;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes sensitive parts of OKX's texts before they are logged. {@code msg} can hold internal
 * URLs, user ids, the caller's address and possibly amounts and keys.
 */
final class Redaction {
  private static final int MAX_LENGTH = 160;
  private static final Pattern CONTROL = Pattern.compile("\\p{C}+");
  private static final Pattern URL = Pattern.compile("\\w+://\\S*");

  /** Keys and signatures contain digits; header names do not. */
  private static final Pattern LONG_TOKEN = Pattern.compile("(?=[A-Za-z_+/=-]*\\d)[\\w+/=-]{20,}");

  /** Any number, as a balance may have no decimal point. */
  private static final Pattern NUMBER =
      Pattern.compile("\\p{N}+([.,'’]\\p{N}+)*([eE][+-]?\\p{N}+)?");

  private static final Pattern ADDRESS_OR_NUMBER =
      Pattern.compile("(" + IpAddress.PATTERN + ")|" + NUMBER);

  private final List<Secret> secrets;

  /**
   * @param secrets removed wherever they occur
   */
  Redaction(List<Secret> secrets) {
    this.secrets = secrets;
  }

  /**
   * Shortens the text and removes anything that identifies a user. The IP address is kept only if
   * the user must add it to the key's list.
   */
  String redact(String text, Reason reason) {
    String safe = CONTROL.matcher(withoutKey(text)).replaceAll(" ");
    safe = cut(safe, 4 * MAX_LENGTH);
    safe = URL.matcher(safe).replaceAll("<url>");
    safe = LONG_TOKEN.matcher(safe).replaceAll("<id>");
    safe =
        ADDRESS_OR_NUMBER
            .matcher(safe)
            .replaceAll(match -> replacement(match.group(), match.group(1) != null, reason));
    return cut(safe.strip(), MAX_LENGTH);
  }

  private static String replacement(String match, boolean isAddress, Reason reason) {
    if (!isAddress) {
      return "<number>";
    }
    return reason == Reason.IP_NOT_ALLOWED && IpAddress.isComplete(match) ? match : "<address>";
  }

  private String withoutKey(String text) {
    String safe = text;
    for (Secret secret : secrets) {
      safe = secret.hideIn(safe, "<key>");
    }
    return safe;
  }

  /** Puts the text on one line and truncates it to this many characters. */
  static String shorten(String text, int length) {
    return cut(CONTROL.matcher(cut(text, 4 * length)).replaceAll(" ").strip(), length);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }
}
