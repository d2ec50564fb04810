package io.okxexporter.web;

import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import io.okxexporter.model.Secret;
import io.okxexporter.model.WebSettings.Pem;
import io.okxexporter.model.WebSettings.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the files, or in the settings, at one moment. Comparing it tells a change for
 * certain, as times and sizes do not; it is a few kilobytes.
 *
 * @param cert certificate chain
 * @param key its private key
 * @param clientCa who signs clients' certificates
 */
record TlsTexts(Secret cert, Secret key, @Nullable Secret clientCa) {
  private static final int MOST_BYTES = 1 << 20;

  static TlsTexts read(Tls tls, FileAccess files) throws IOException {
    Pem clientCa = tls.clientCa();
    return new TlsTexts(
        text(tls.cert(), "cert", files),
        text(tls.key(), "key", files),
        clientCa == null ? null : text(clientCa, "client_ca", files));
  }

  /** How errors call a text: by its setting, and by its file if it has one. */
  static String name(Pem pem, String setting) {
    String name = "tls_server_config." + setting;
    return pem instanceof Pem.File file ? name + "_file " + file.path() : name;
  }

  private static Secret text(Pem pem, String setting, FileAccess files) throws IOException {
    if (pem instanceof Pem.Inline inline) {
      return inline.text();
    }
    try {
      byte[] bytes = files.read(((Pem.File) pem).path(), MOST_BYTES);
      return new Secret(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (FileException e) {
      throw new IOException(name(pem, setting) + ": " + e.expected());
    }
  }
}
