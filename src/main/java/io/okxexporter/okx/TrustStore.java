package io.okxexporter.okx;

import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Java's trust store, which verifies OKX's certificates. Java ignores a missing file, trusts no
 * certificate if it cannot open the file without a password, and fails on the first connection if
 * the file is broken. This class rejects all three.
 */
public final class TrustStore {
  private static final String PROPERTY = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  /** Java's name for a store without a file. */
  private static final String NO_FILE = "NONE";

  /** The store types that are files; empty if not set. */
  private static final Set<String> FILE_TYPES = Set.of("", "jks", "pkcs12", "jceks", "dks");

  private static final int MAX_BYTES = 64 << 20;

  /** Reading the file has its own timeout; this one allows for a small CPU share. */
  private static final long TIMEOUT_SECONDS = 60;

  private final FileAccess files;
  private final String name;
  private final FutureTask<Integer> certificates = new FutureTask<>(TrustStore::count);

  private TrustStore(FileAccess files) {
    this.files = files;
    name = name(files);
  }

  /**
   * Begins to load Java's configured store in the background, as it takes much of the start time.
   */
  public static TrustStore load(FileAccess files) {
    TrustStore store = new TrustStore(files);
    Thread thread = new Thread(store.certificates, "trust-store");
    thread.setDaemon(true);
    thread.start();
    return store;
  }

  private static String name(FileAccess files) {
    String set = System.getProperty(PROPERTY, "");
    if (!set.isEmpty()) {
      return set;
    }
    Path folder = Path.of(System.getProperty("java.home"), "lib", "security");
    Path jsse = folder.resolve("jssecacerts");
    return (files.exists(jsse) ? jsse : folder.resolve("cacerts")).toString();
  }

  private static int count() throws GeneralSecurityException {
    return manager(null).getAcceptedIssuers().length;
  }

  /**
   * Returns a trust manager.
   *
   * @param store the authorities, null for those of Java
   */
  static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new KeyStoreException("no trust manager for X.509"));
  }

  /**
   * Waits until the store is loaded.
   *
   * @throws IOException if it cannot verify OKX; names the file and what was expected
   */
  public void verify() throws IOException {
    try {
      if (isFile()) {
        files.read(Path.of(name), MAX_BYTES);
      }
      if (certificates.get(TIMEOUT_SECONDS, TimeUnit.SECONDS) == 0) {
        throw invalid(
            "expected a certificate that Java can read; encrypted ones need -D" + PASSWORD);
      }
    } catch (FileException e) {
      throw invalid(e.expected());
    } catch (InvalidPathException e) {
      throw invalid("expected the path of a file");
    } catch (ExecutionException e) {
      throw invalid(expected(e.getCause()));
    } catch (TimeoutException e) {
      throw invalid("expected to read it within " + TIMEOUT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw invalid("reading it was interrupted");
    }
  }

  /** System stores such as KeychainStore are not files, whatever path is set for them. */
  private boolean isFile() {
    String type = System.getProperty(PROPERTY + "Type", "").toLowerCase(Locale.ROOT);
    return !name.equals(NO_FILE) && FILE_TYPES.contains(type);
  }

  private IOException invalid(String expected) {
    return new IOException("the trust store " + name + " (-D" + PROPERTY + "): " + expected);
  }

  /** Java wraps the cause once or twice; its messages never contain the password. */
  static String expected(@Nullable Throwable failure) {
    Throwable last = null;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof UnrecoverableKeyException) {
        return "expected its password in -D" + PASSWORD;
      }
      last = each;
    }
    return "expected a key store that Java can read, but reading it failed with " + last;
  }
}
