package io.okxexporter.okx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** An authority of our own, made anew by the JDK's keytool, and servers it vouches for. */
public final class Certificates {
  private static final String PASSWORD = "made-for-a-test";

  private final Path store;

  /** Makes the authority; its keys go into that folder. */
  public Certificates(Path folder) throws IOException, InterruptedException {
    this.store = folder.resolve("keys.p12");
    pair("authority", "-1d", "-ext", "bc:c");
  }

  /** Trusts the authority and nobody else. */
  SSLSocketFactory trusting() throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  /** The same as a file, to be named by {@code javax.net.ssl.trustStore}; without a password. */
  public Path trustStore() throws IOException, GeneralSecurityException {
    Path file = store.resolveSibling("trust.jks");
    KeyStore trusted = KeyStore.getInstance("JKS");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", open().getCertificate("authority"));
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private KeyStore anchors() throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("authority", open().getCertificate("authority"));
    return anchors;
  }

  /**
   * A server called localhost.
   *
   * @param from when its certificate begins, as keytool has it
   */
  public SSLContext server(String name, String from)
      throws IOException, InterruptedException, GeneralSecurityException {
    return server(name, from, "localhost");
  }

  /** A server of that name. */
  public SSLContext server(String name, String from, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    pair(name, from, "-signer", "authority", "-ext", "san=dns:" + host);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    KeyStore all = open();
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void pair(String alias, String from, String... more)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
    line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    line.addAll(List.of("-startdate", from, "-validity", "30"));
    line.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    line.addAll(List.of("-storepass", PASSWORD));
    line.addAll(List.of(more));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private KeyStore open() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
