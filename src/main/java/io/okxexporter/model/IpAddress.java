package io.okxexporter.model;

import java.util.regex.Pattern;

/** What an IP address looks like within a text. */
public final class IpAddress {
  /** IPv4, or IPv6 with what may be an IPv4 address at its end; rather too much than too little. */
  public static final Pattern PATTERN =
      Pattern.compile(
          "\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"
              + "|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:(?:\\.\\d{1,3}){3})?");

  private IpAddress() {}
}
