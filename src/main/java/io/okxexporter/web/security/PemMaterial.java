package io.okxexporter.web.security;

import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import io.okxexporter.model.Secret;
import io.okxexporter.web.config.PemParser;
import io.okxexporter.web.config.WebSettings.Pem;
import io.okxexporter.web.config.WebSettings.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The PEM texts of the files or settings at one moment.
 *
 * @param cert certificate chain
 * @param key private key of the certificate
 * @param clientCa CAs that sign client certificates
 */
record PemMaterial(Secret cert, Secret key, @Nullable Secret clientCa) {
  static PemMaterial read(Tls tls, FileAccess files) throws IOException {
    Pem clientCa = tls.clientCa();
    return new PemMaterial(
        text(tls.cert(), "cert", files),
        text(tls.key(), "key", files),
        clientCa == null ? null : text(clientCa, "client_ca", files));
  }

  /** Returns the files among the sources. */
  static List<Path> files(Tls tls) {
    return Stream.of(tls.cert(), tls.key(), tls.clientCa())
        .filter(Pem.File.class::isInstance)
        .map(pem -> ((Pem.File) pem).path())
        .toList();
  }

  /** Names a text in error messages by its setting, and by its file if it has one. */
  static String name(Pem pem, String setting) {
    String name = "tls_server_config." + setting;
    return pem instanceof Pem.File file ? name + "_file " + file.path() : name;
  }

  private static Secret text(Pem pem, String setting, FileAccess files) throws IOException {
    if (pem instanceof Pem.Inline inline) {
      return inline.text();
    }
    try {
      return new Secret(PemParser.read(((Pem.File) pem).path(), files));
    } catch (FileException e) {
      throw new IOException(name(pem, setting) + ": " + e.expected());
    }
  }
}
