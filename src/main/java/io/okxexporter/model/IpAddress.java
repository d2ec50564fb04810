package io.okxexporter.model;

import java.util.regex.Pattern;

/** The pattern of an IP address within a text. */
public final class IpAddress {
  /** IPv4, or IPv6 that may end in an IPv4 address; it errs on the side of matching too much. */
  public static final Pattern PATTERN =
      Pattern.compile(
          "\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"
              + "|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:(?:\\.\\d{1,3}){3})?");

  private IpAddress() {}

  /** Whether a match of the pattern is an address, and not a time or other numbers with colons. */
  public static boolean isComplete(String match) {
    return !match.contains(":") || match.contains("::") || match.matches("([^:]+:){6,7}[^:]+");
  }
}
