package io.okxexporter.web.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Wraps a private key of an older format in PKCS#8, which Java reads: a version, the algorithm, and
 * the older format unchanged. Implements only the DER required for that.
 */
final class Pkcs8 {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int LONGEST = 0xffff;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private Pkcs8() {}

  /**
   * Converts a key to PKCS#8.
   *
   * @param key in PKCS#1 or SEC1
   * @param publicKey its public key in X.509, which begins with the algorithm and, for an elliptic
   *     curve, its name
   * @throws IOException if it is too long to be a key
   */
  static byte[] wrap(byte[] key, byte[] publicKey) throws IOException {
    int algorithm = content(publicKey, 0);
    byte[] inside = Arrays.copyOfRange(publicKey, algorithm, end(publicKey, algorithm));
    return element(SEQUENCE, VERSION_0, inside, element(OCTET_STRING, key));
  }

  private static byte[] element(int tag, byte[]... parts) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.write(part);
    }
    if (content.size() > LONGEST) {
      throw new IOException("the private key is too long to be one");
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    element.write(length(content.size()));
    content.writeTo(element);
    return element.toByteArray();
  }

  /** Encodes a length in the fewest bytes, as DER requires. */
  private static byte[] length(int length) {
    if (length < 0x80) {
      return new byte[] {(byte) length};
    }
    return length < 0x100
        ? new byte[] {(byte) 0x81, (byte) length}
        : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
  }

  /** Returns where the content of the element at an offset begins. */
  private static int content(byte[] der, int at) {
    return at + 2 + lengthBytes(der, at);
  }

  private static int lengthBytes(byte[] der, int at) {
    return (der[at + 1] & 0x80) == 0 ? 0 : der[at + 1] & 0x7f;
  }

  private static int end(byte[] der, int at) {
    int bytes = lengthBytes(der, at);
    int length = bytes == 0 ? der[at + 1] : 0;
    for (int i = 0; i < bytes; i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return content(der, at) + length;
  }
}
