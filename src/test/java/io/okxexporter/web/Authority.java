package io.okxexporter.web;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/** Makes certificates, good for a day. */
public final class Authority {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  public final Issued root;

  /**
   * A certificate and its key.
   *
   * @param key private half
   * @param certificate the other half and a name
   */
  public record Issued(PrivateKey key, X509Certificate certificate) {
    public String certificatePem() {
      return pem("CERTIFICATE", encoded());
    }

    /** PKCS#8. */
    public String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    /** PKCS#1 or SEC1, as openssl writes them. */
    public String traditionalKeyPem() throws IOException {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        writer.writeObject(PrivateKeyInfo.getInstance(key.getEncoded()));
      }
      return text.toString();
    }

    private byte[] encoded() {
      try {
        return certificate.getEncoded();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  public Authority(String name) throws Exception {
    root = issue(name, keys("EC", 256), null, true);
  }

  /** A leaf; names as {@code dns:x}, {@code ip:x}, {@code mail:x} or {@code uri:x}. */
  public Issued issue(String... names) throws Exception {
    return issue("leaf", keys("EC", 256), root, false, names);
  }

  public Issued issue(KeyPair keys, String... names) throws Exception {
    return issue("leaf", keys, root, false, names);
  }

  /** A leaf nobody vouches for. */
  public static Issued selfSigned(String... names) throws Exception {
    return issue("self", keys("EC", 256), null, false, names);
  }

  public static KeyPair keys(String algorithm, int size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (size > 0) {
      generator.initialize(size);
    }
    return generator.generateKeyPair();
  }

  private static Issued issue(
      String name, KeyPair keys, @Nullable Issued issuer, boolean isAuthority, String... names)
      throws Exception {
    X500Principal subject = new X500Principal("CN=" + name);
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer == null ? subject : issuer.certificate.getSubjectX500Principal(),
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(now.minus(1, ChronoUnit.HOURS)),
            Date.from(now.plus(1, ChronoUnit.DAYS)),
            subject,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    if (names.length > 0) {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names(names)));
    }
    PrivateKey signer = issuer == null ? keys.getPrivate() : issuer.key;
    return new Issued(
        keys.getPrivate(),
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))));
  }

  private static GeneralName[] names(String... names) {
    return Arrays.stream(names)
        .map(
            name -> {
              String value = name.substring(name.indexOf(':') + 1);
              return switch (name.substring(0, name.indexOf(':'))) {
                case "dns" -> new GeneralName(GeneralName.dNSName, value);
                case "ip" -> new GeneralName(GeneralName.iPAddress, value);
                case "mail" -> new GeneralName(GeneralName.rfc822Name, value);
                case "uri" -> new GeneralName(GeneralName.uniformResourceIdentifier, value);
                default -> throw new IllegalArgumentException(name);
              };
            })
        .toArray(GeneralName[]::new);
  }

  public static String pem(String label, byte[] der) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(new PemObject(label, der));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }
}
