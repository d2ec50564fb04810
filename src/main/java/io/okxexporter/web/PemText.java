package io.okxexporter.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM (RFC 7468); its errors never show what is in there. */
final class PemText {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param label such as {@code EC PRIVATE KEY}
   * @param text between the lines
   */
  private record Block(String label, String text) {}

  PemText(String text) {
    Matcher found = BLOCK.matcher(text);
    while (found.find()) {
      blocks.add(new Block(found.group(1), found.group(2)));
    }
  }

  /** All certificates, in their order. */
  List<X509Certificate> certificates() throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals(CERTIFICATE)) {
        certificates.add(certificate(decoded(block)));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException("there is no certificate in PEM");
    }
    return certificates;
  }

  private static X509Certificate certificate(byte[] der) throws IOException {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      return (X509Certificate) certificate;
    } catch (CertificateException e) {
      throw new IOException("a certificate is damaged");
    }
  }

  /**
   * The first private key, in PKCS#8, PKCS#1 or SEC1.
   *
   * @param owner the public key it must belong to
   */
  PrivateKey privateKey(PublicKey owner) throws IOException {
    for (Block block : blocks) {
      if (block.label.endsWith(KEY)) {
        return privateKey(pkcs8(block, owner), owner);
      }
    }
    throw new IOException("there is no private key in PEM");
  }

  private static byte[] pkcs8(Block block, PublicKey owner) throws IOException {
    if (block.label.startsWith("ENCRYPTED") || block.text.contains("ENCRYPTED")) {
      throw new IOException("the private key is encrypted; it must be there in plain");
    }
    return switch (block.label) {
      case KEY -> decoded(block);
      case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> Der.pkcs8(decoded(block), owner.getEncoded());
      default -> throw new IOException("the private key is neither PKCS#8, PKCS#1 nor SEC1");
    };
  }

  private static PrivateKey privateKey(byte[] pkcs8, PublicKey owner) throws IOException {
    try {
      PrivateKey key =
          KeyFactory.getInstance(owner.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (KeyMatch.belongTogether(key, owner)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      // Said below: its message might show some of the key.
    }
    throw new IOException("the private key is damaged or not that of the certificate");
  }

  private static byte[] decoded(Block block) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(block.text);
    } catch (IllegalArgumentException e) {
      throw new IOException("the PEM of a " + block.label.toLowerCase(Locale.ROOT) + " is damaged");
    }
  }
}
