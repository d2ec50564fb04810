package io.okxexporter.web.config;

import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import javax.security.auth.x500.X500Principal;

/**
 * Parses certificates and private keys in PEM (RFC 7468). Its errors state what was expected, and
 * never show the content.
 */
public final class PemParser {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private static final int MAX_FILE_BYTES = 1 << 20;

  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

  private final List<Block> blocks = new ArrayList<>();

  /** The labels of all blocks that begin, whether or not they end. */
  private final List<String> begun;

  /**
   * @param label such as {@code EC PRIVATE KEY}
   * @param text between the first and the last line
   */
  private record Block(String label, String text) {}

  /**
   * Reads the text of a file. Comments between the blocks may be in any encoding; the blocks are
   * ASCII.
   */
  public static String read(Path file, FileAccess files) throws FileException {
    return new String(files.read(file, MAX_FILE_BYTES), StandardCharsets.ISO_8859_1);
  }

  /** Splits the text into blocks, without decoding them. */
  public PemParser(String text) {
    begun = BEGIN.matcher(text).results().map(it -> it.group(1)).toList();
    Matcher found = BLOCK.matcher(text);
    while (found.find()) {
      blocks.add(new Block(found.group(1), found.group(2)));
    }
  }

  /**
   * Returns all certificates, in order.
   *
   * @throws IOException if there is none, or one is cut off or damaged
   */
  public List<X509Certificate> certificates() throws IOException {
    requireWhole(CERTIFICATE, "a certificate: -----BEGIN CERTIFICATE-----");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals(CERTIFICATE)) {
        certificates.add(certificate(decoded(block)));
      }
    }
    return certificates;
  }

  /** Returns the first certificate and its chain of issuers, in order, without any others. */
  public List<X509Certificate> chain() throws IOException {
    List<X509Certificate> all = certificates();
    List<X509Certificate> chain = new ArrayList<>(all.subList(0, 1));
    for (int i = 0; i < chain.size(); i++) {
      X500Principal issuer = chain.get(i).getIssuerX500Principal();
      all.stream()
          .filter(it -> !chain.contains(it) && it.getSubjectX500Principal().equals(issuer))
          .findFirst()
          .ifPresent(chain::add);
    }
    return chain;
  }

  private static X509Certificate certificate(byte[] der) throws IOException {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      return (X509Certificate) certificate;
    } catch (CertificateException e) {
      throw new IOException("expected a certificate that is not damaged");
    }
  }

  /**
   * Returns the first private key, in PKCS#8, PKCS#1 or SEC1.
   *
   * @param owner the public key it must belong to
   * @throws IOException if there is none, or it does not match the owner, or is cut off, encrypted
   *     or damaged
   */
  public PrivateKey privateKey(PublicKey owner) throws IOException {
    return privateKey(pkcs8(key(), owner), owner);
  }

  /** Checks the private key as far as possible without its certificate. */
  void requirePrivateKey() throws IOException {
    decoded(key());
  }

  private Block key() throws IOException {
    requireWhole(KEY, "a private key, such as -----BEGIN PRIVATE KEY-----");
    Block key = blocks.stream().filter(it -> it.label.endsWith(KEY)).findFirst().orElseThrow();
    if (key.label.startsWith("ENCRYPTED") || key.text.contains("ENCRYPTED")) {
      throw new IOException("expected a private key that is not encrypted");
    }
    return key;
  }

  private void requireWhole(String label, String noun) throws IOException {
    List<String> begin = begun.stream().filter(it -> it.endsWith(label)).toList();
    if (begin.isEmpty()) {
      throw new IOException("expected PEM with " + noun);
    }
    if (blocks.stream().filter(it -> it.label.endsWith(label)).count() < begin.size()) {
      String last = begin.get(begin.size() - 1);
      throw new IOException(
          "expected PEM that is not cut off: there is no -----END " + last + "-----");
    }
  }

  private static byte[] pkcs8(Block block, PublicKey owner) throws IOException {
    return switch (block.label) {
      case KEY -> decoded(block);
      case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> Pkcs8.wrap(decoded(block), owner.getEncoded());
      default -> throw new IOException("expected a private key in PKCS#8, PKCS#1 or SEC1");
    };
  }

  private static PrivateKey privateKey(byte[] pkcs8, PublicKey owner) throws IOException {
    try {
      PrivateKey key =
          KeyFactory.getInstance(owner.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (KeyPairCheck.belongTogether(key, owner)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      // Not passed on: its message might show some of the key.
    }
    throw new IOException("expected the private key of the certificate, not damaged");
  }

  private static byte[] decoded(Block block) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(block.text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "expected the PEM of a " + block.label.toLowerCase(Locale.ROOT) + " that is not damaged");
    }
  }
}
