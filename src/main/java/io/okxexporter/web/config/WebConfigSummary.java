package io.okxexporter.web.config;

import io.okxexporter.config.DurationParser;
import io.okxexporter.web.config.WebSettings.Pem;
import io.okxexporter.web.config.WebSettings.Tls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists a web configuration under the keys of its file, secrets masked. */
public final class WebConfigSummary {
  private static final String MASKED = "***";

  private final Map<String, String> lines = new LinkedHashMap<>();

  private WebConfigSummary() {}

  /** Returns the settings in use, in order, without those that are off or left to the default. */
  public static Map<String, String> of(WebSettings settings) {
    WebConfigSummary summary = new WebConfigSummary();
    if (settings.tls() != null) {
      summary.add(settings.tls());
      summary.add("http_server_config.http2", settings.http2());
    }
    new TreeMap<>(settings.headers())
        .forEach((name, value) -> summary.add("http_server_config.headers." + name, value));
    new TreeMap<>(settings.basicAuthUsers())
        .forEach((name, hash) -> summary.add("basic_auth_users." + name, MASKED));
    if (settings.rateLimit() != null) {
      summary.add("rate_limit.interval", DurationParser.format(settings.rateLimit().interval()));
      summary.add("rate_limit.burst", settings.rateLimit().burst());
    }
    return summary.lines;
  }

  private void add(Tls tls) {
    add("cert", tls.cert());
    add("key", tls.key());
    add("client_ca", tls.clientCa());
    addTls("client_auth_type", tls.clientAuth().configName());
    addTls("client_allowed_sans", tls.clientAllowedSans());
    addTls("min_version", tls.minVersion());
    addTls("max_version", tls.maxVersion());
    addTls("cipher_suites", tls.cipherSuites());
    addTls("prefer_server_cipher_suites", tls.preferServerCipherSuites());
    addTls("curve_preferences", tls.curves());
  }

  private void add(String key, @Nullable Pem pem) {
    if (pem instanceof Pem.File file) {
      addTls(key + "_file", file.path());
    } else if (pem != null) {
      addTls(key, MASKED);
    }
  }

  private void addTls(String key, @Nullable Object value) {
    add("tls_server_config." + key, value);
  }

  private void add(String key, @Nullable Object value) {
    if (value != null && !value.toString().equals("[]")) {
      lines.put(key, value.toString());
    }
  }
}
