package io.okxexporter.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.model.Secret;
import io.okxexporter.web.config.InvalidWebConfigException;
import io.okxexporter.web.config.WebSettings;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import io.okxexporter.web.config.WebSettings.Pem;
import io.okxexporter.web.config.WebSettings.RateLimit;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import io.okxexporter.web.config.WebSettingsSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Web settings that a test changes as an operator would change the file. */
final class MutableSettings implements WebSettingsSource {
  volatile WebSettings now = WebSettings.NONE;
  volatile @Nullable String broken;
  volatile long nanos;
  final TestFiles files = new TestFiles();
  final List<Boolean> certificates = new ArrayList<>();

  static MutableSettings users(Map<String, String> hashes) {
    MutableSettings settings = new MutableSettings();
    settings.set(null, Map.of(), hashes, null);
    return settings;
  }

  static MutableSettings tls(Tls tls) {
    MutableSettings settings = new MutableSettings();
    settings.set(tls, Map.of(), Map.of(), null);
    return settings;
  }

  /** Returns TLS settings with this certificate, for any client. */
  static Tls showing(Issued issued) {
    return showing(issued, ClientAuth.NO_CLIENT_CERT, null);
  }

  /** Returns TLS settings with this certificate and this authentication of clients. */
  static Tls showing(Issued issued, ClientAuth auth, @Nullable String clientCa) {
    return new Tls(
        inline(issued.certificatePem()),
        inline(issued.keyPem()),
        clientCa == null ? null : inline(clientCa),
        auth,
        List.of(),
        TlsVersion.TLS12,
        null,
        List.of(),
        true,
        List.of());
  }

  private static Pem inline(String text) {
    return new Pem.Inline(new Secret(text));
  }

  /** Creates users {@code user0} and so on, all with the password {@code right}. */
  static MutableSettings users(int count, int cost) {
    String hash = BCrypt.withDefaults().hashToString(cost, "right".toCharArray());
    Map<String, String> users = new HashMap<>();
    for (int i = 0; i < count; i++) {
      users.put("user" + i, hash);
    }
    return users(users);
  }

  void set(
      @Nullable Tls tls,
      Map<String, String> headers,
      Map<String, String> hashes,
      @Nullable RateLimit limit) {
    Map<String, Secret> users = new HashMap<>();
    hashes.forEach((user, hash) -> users.put(user, new Secret(hash)));
    now = new WebSettings(tls, true, headers, users, limit);
  }

  @Override
  public WebSettings now() throws InvalidWebConfigException {
    String problem = broken;
    if (problem != null) {
      throw new InvalidWebConfigException(problem);
    }
    return now;
  }

  /** Uses the machine's clock. */
  WebProtection liveProtection() {
    return new WebProtection(
        this, UnprotectedWeb.ANY_HOST, files, certificates::add, System::nanoTime);
  }

  WebProtection protection() {
    return new WebProtection(this, UnprotectedWeb.ANY_HOST, files, certificates::add, () -> nanos);
  }
}
