package io.okxexporter.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A file of certificate authorities that are trusted besides those of Java.
 *
 * @param certificates at least one
 */
record CaFile(Path path, List<X509Certificate> certificates) {
  private static final int MAX_BYTES = 16 << 20;

  static CaFile read(Path path, FileAccess files) throws InvalidValueException {
    try {
      return new CaFile(path, parse(files.read(path, MAX_BYTES)));
    } catch (FileException e) {
      throw new InvalidValueException(e.expected());
    } catch (CertificateException e) {
      throw new InvalidValueException("expected certificates in PEM and nothing else");
    }
  }

  private static List<X509Certificate> parse(byte[] pem) throws CertificateException {
    List<X509Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))
            .stream()
            .map(X509Certificate.class::cast)
            .distinct()
            .toList();
    if (certificates.isEmpty()) {
      throw new CertificateException("none");
    }
    return certificates;
  }
}
