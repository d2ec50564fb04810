package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.file.NamedPipes;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Awaiting;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets system properties of this process, which no other code reads meanwhile. */
class TrustStoreTest {
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final String TYPE = "javax.net.ssl.trustStoreType";

  private final Map<String, String> before = new HashMap<>();
  private final TestFiles files = new TestFiles();

  @TempDir private Path folder;

  @BeforeEach
  void clearProperties() {
    for (String name : new String[] {STORE, PASSWORD, TYPE}) {
      before.put(name, System.getProperty(name));
      System.clearProperty(name);
    }
  }

  /** First ends the loading that a rejected file did not wait for; it would read what follows. */
  @AfterEach
  void restore() throws Exception {
    Awaiting.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("trust-store")));
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  @Test
  void the_one_that_java_brings_along_is_good() {
    assertThatCode(this::verify).doesNotThrowAnyException();
    System.setProperty(STORE, "");
    assertThatCode(this::verify).as("Java takes its own").doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "PKCS12"})
  void one_of_our_own_is_good_with_its_password_and_refused_with_another(String type)
      throws Exception {
    System.setProperty(PASSWORD, "right-one");
    store("good", type);
    assertThatCode(this::verify).doesNotThrowAnyException();
    System.setProperty(PASSWORD, "wrong-one");
    Path file = store("bad", type); // a new file, as Java caches the stores it has opened
    assertRejected(file, "expected its password in -Djavax.net.ssl.trustStorePassword");
  }

  /** Java would trust no certificate. */
  @Test
  void one_that_needs_a_password_is_refused_without_it() throws Exception {
    Path file = store("store", "PKCS12");
    assertRejected(
        file,
        "expected a certificate that Java can read; encrypted ones need"
            + " -Djavax.net.ssl.trustStorePassword");
  }

  /** Java would use its default store instead. */
  @Test
  void what_is_no_file_is_refused() throws Exception {
    assertRejected(name("none"), "expected a readable file, but it does not exist");
    assertRejected(name("."), "expected a file, but it is a directory");
    name("pipe");
    assertRejected(
        NamedPipes.make(folder.resolve("pipe")),
        "expected a regular file: a pipe or device cannot be read again");
    System.setProperty(STORE, "/dev/null");
    assertRejected(
        Path.of("/dev/null"), "expected a regular file: a pipe or device cannot be read again");
  }

  @Test
  void one_that_hangs_is_refused() throws Exception {
    Path file = store("store", "JKS");
    files.hanging.add(file);
    assertRejected(file, "expected a readable file, but reading it timed out after 5 s");
  }

  @Test
  void what_is_no_key_store_or_of_no_known_type_is_refused() throws Exception {
    Path junk = Files.writeString(name("junk"), "junk");
    assertRejected(
        junk,
        "expected a key store that Java can read, but reading it failed with java.io.EOFException");
    Path usable = store("store", "JKS");
    System.setProperty(TYPE, "nonsense");
    assertRejected(
        usable,
        "expected a key store that Java can read, but reading it failed with"
            + " java.security.NoSuchAlgorithmException: nonsense KeyStore not available");
  }

  @Test
  void none_at_all_trusts_nobody() {
    System.setProperty(STORE, "NONE");
    assertThatThrownBy(this::verify)
        .hasMessageStartingWith("the trust store NONE (-Djavax.net.ssl.trustStore): expected a");
  }

  private Path name(String file) {
    Path path = folder.resolve(file);
    System.setProperty(STORE, path.toString());
    return path;
  }

  private Path store(String name, String type) throws Exception {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setCertificateEntry("authority", new Authority("ca").root.certificate());
    Path file = name(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "right-one".toCharArray());
    }
    return file;
  }

  private void assertRejected(Path file, String expected) {
    assertThatThrownBy(this::verify)
        .hasMessage("the trust store " + file + " (-Djavax.net.ssl.trustStore): " + expected);
  }

  private void verify() throws Exception {
    TrustStore.load(files).verify();
  }
}
