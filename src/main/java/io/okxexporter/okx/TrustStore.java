package io.okxexporter.okx;

import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
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
 * Java's trust store, by whose certificates OKX is known. Java passes over a file that is missing,
 * trusts nobody by one that it cannot open without a password, and fails with the first connection
 * where the file is broken: here, it is refused.
 */
public final class TrustStore {
  private static final String PROPERTY = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  /** Java's word for a store that is no file. */
  private static final String NO_FILE = "NONE";

  /** Of a file, or not set. */
  private static final Set<String> FILE_TYPES = Set.of("", "jks", "pkcs12", "jceks", "dks");

  private static final int MAX_BYTES = 64 << 20;

  /** Its file was read in time before: this is for a processor that has a small share. */
  private static final long SECONDS = 60;

  private final FileAccess files;
  private final String name;
  private final FutureTask<Integer> certificates = new FutureTask<>(TrustStore::count);

  private TrustStore(FileAccess files) {
    this.files = files;
    name = name(files);
  }

  /**
   * The one that Java is told to use; begins to load it, which takes as long as much of a start.
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
    Path own = folder.resolve("jssecacerts");
    return (files.exists(own) ? own : folder.resolve("cacerts")).toString();
  }

  private static int count() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .mapToInt(manager -> ((X509TrustManager) manager).getAcceptedIssuers().length)
        .sum();
  }

  /**
   * Waits until it is loaded.
   *
   * @throws IOException if OKX cannot be verified by it; names the file and what was expected
   */
  public void verify() throws IOException {
    try {
      if (isFile()) {
        files.read(Path.of(name), MAX_BYTES);
      }
      if (certificates.get(SECONDS, TimeUnit.SECONDS) == 0) {
        throw refusal(
            "expected a certificate that Java can read; encrypted ones need -D" + PASSWORD);
      }
    } catch (FileException e) {
      throw refusal(e.expected());
    } catch (InvalidPathException e) {
      throw refusal("expected the path of a file");
    } catch (ExecutionException e) {
      throw refusal(expected(e.getCause()));
    } catch (TimeoutException e) {
      throw refusal("expected to read it within " + SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal("reading it was interrupted");
    }
  }

  /** Stores of the system, such as KeychainStore, are none, whatever path is given for them. */
  private boolean isFile() {
    String type = System.getProperty(PROPERTY + "Type", "").toLowerCase(Locale.ROOT);
    return !name.equals(NO_FILE) && FILE_TYPES.contains(type);
  }

  private IOException refusal(String expected) {
    return new IOException("the trust store " + name + " (-D" + PROPERTY + "): " + expected);
  }

  /** Java wraps the cause once or twice; none of its messages holds the password. */
  private static String expected(@Nullable Throwable failure) {
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
