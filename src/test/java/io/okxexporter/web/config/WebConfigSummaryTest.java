package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Secret;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import io.okxexporter.web.config.WebSettings.Pem;
import io.okxexporter.web.config.WebSettings.RateLimit;
import io.okxexporter.web.config.WebSettings.Tls;
import io.okxexporter.web.config.WebSettings.TlsVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WebConfigSummaryTest {
  @Test
  void every_setting_is_there_by_its_name_and_no_secret() {
    Tls tls =
        new Tls(
            new Pem.File(Path.of("/etc/server.crt")),
            new Pem.Inline(new Secret("s3cr3t key")),
            new Pem.File(Path.of("/etc/ca.crt")),
            ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT,
            List.of("a.example", "b.example"),
            TlsVersion.TLS12,
            TlsVersion.TLS13,
            List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            true,
            List.of("x25519"));
    WebSettings settings =
        new WebSettings(
            tls,
            false,
            Map.of("X-Frame-Options", "deny", "Content-Security-Policy", "default-src 'none'"),
            Map.of("bob", new Secret("s3cr3t hash"), "alice", new Secret("s3cr3t hash")),
            new RateLimit(Duration.ofMillis(100), 20));
    assertThat(text(settings))
        .isEqualTo(
            """
            tls_server_config.cert_file: /etc/server.crt
            tls_server_config.key: ***
            tls_server_config.client_ca_file: /etc/ca.crt
            tls_server_config.client_auth_type: RequireAndVerifyClientCert
            tls_server_config.client_allowed_sans: [a.example, b.example]
            tls_server_config.min_version: TLS12
            tls_server_config.max_version: TLS13
            tls_server_config.cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
            tls_server_config.prefer_server_cipher_suites: true
            tls_server_config.curve_preferences: [x25519]
            http_server_config.http2: false
            http_server_config.headers.Content-Security-Policy: default-src 'none'
            http_server_config.headers.X-Frame-Options: deny
            basic_auth_users.alice: ***
            basic_auth_users.bob: ***
            rate_limit.interval: 100ms
            rate_limit.burst: 20
            """);
  }

  @Test
  void of_nothing_there_is_nothing() {
    assertThat(WebConfigSummary.of(WebSettings.NONE)).isEmpty();
  }

  private static String text(WebSettings settings) {
    return WebConfigSummary.of(settings).entrySet().stream()
        .map(line -> line.getKey() + ": " + line.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
