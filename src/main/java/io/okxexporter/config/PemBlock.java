package io.okxexporter.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PEM text must hold a block of; what is in the block is for who uses it to judge. */
enum PemBlock {
  CERTIFICATE("CERTIFICATE", "a certificate: -----BEGIN CERTIFICATE-----"),
  PRIVATE_KEY("(?:[A-Z0-9]+ )?PRIVATE KEY", "a private key, such as -----BEGIN PRIVATE KEY-----");

  /** In PKCS#8 and in what came before. */
  private static final Pattern ENCRYPTED =
      Pattern.compile("-----BEGIN ENCRYPTED|(?m)^Proc-Type: 4,ENCRYPTED");

  private final Pattern begin;
  private final String noun;

  PemBlock(String label, String noun) {
    this.begin = Pattern.compile("-----BEGIN (" + label + ")-----");
    this.noun = noun;
  }

  void check(String text) throws BadValue {
    Matcher matcher = begin.matcher(text);
    if (!matcher.find()) {
      throw new BadValue("expected PEM with " + noun);
    }
    String end = "-----END " + matcher.group(1) + "-----";
    if (text.indexOf(end, matcher.end()) < 0) {
      throw new BadValue("expected PEM that is not cut off: there is no " + end);
    }
    if (this == PRIVATE_KEY && ENCRYPTED.matcher(text).find()) {
      throw new BadValue("expected a private key that is not encrypted");
    }
  }
}
