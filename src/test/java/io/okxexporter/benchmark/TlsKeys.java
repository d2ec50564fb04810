package io.okxexporter.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A certificate of localhost, which is its own authority, made by the JDK's keytool. */
final class TlsKeys {
  static final String PASSWORD = "made-for-a-benchmark";

  private TlsKeys() {}

  /** A new key store. */
  static Path make() throws IOException, InterruptedException {
    Path store = Files.createTempDirectory("benchmark").resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "localhost",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    return store;
  }

  /** What makes a Java trust that certificate. */
  static List<String> trusting(Path store) {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }
}
