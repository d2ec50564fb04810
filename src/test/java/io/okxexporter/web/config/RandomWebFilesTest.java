package io.okxexporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.RandomFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random files as web configurations. */
class RandomWebFilesTest extends RandomFiles {
  private static final String KEYS =
      "tls_server_config http_server_config basic_auth_users rate_limit cert key client_ca"
          + " cert_file key_file client_ca_file client_auth_type client_allowed_sans min_version"
          + " max_version cipher_suites prefer_server_cipher_suites curve_preferences http2 headers"
          + " interval burst X-Frame-Options X-XSS-Protection Strict-Transport-Security alice";

  private static final String VALUES =
      "~ null true false 0 1 -1 1.5 1s 0s TLS12 TLS13 X25519 deny nosniff max-age=1 NoClientCert"
          + " RequireAndVerifyClientCert TLS_AES_128_GCM_SHA256"
          + " TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 web.yml /dev/null . [] {} [a] {a: } \"\" \"\\n"
          + "\" \"\\0\" -----BEGIN @ ' | > & * ! % \u263a";

  @Override
  protected void load(Path file) throws ConfigException {
    WebSettings settings = WebConfigLoader.load(file, new TestFiles());
    assertThat(WebConfigLoader.reload(file, new TestFiles())).isEqualTo(settings);
  }

  @Property
  void settings_are_accepted_or_reported(@ForAll("settings") String text) throws IOException {
    check(text);
  }

  @Provide
  Arbitrary<String> settings() {
    Arbitrary<String> piece =
        Arbitraries.of(
            Stream.of(KEYS.split(" "), VALUES.split(" "), lineStarts())
                .flatMap(Stream::of)
                .flatMap(word -> Stream.of(word, word + ": ", word + "\n"))
                .toList());
    Arbitrary<String> lines =
        Arbitraries.of(KEYS.split(" "))
            .flatMap(key -> Arbitraries.of(VALUES.split(" ")).map(value -> key + ": " + value))
            .flatMap(line -> Arbitraries.of(lineStarts()).map(start -> start + line));
    return Arbitraries.oneOf(
        piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces)),
        lines.list().ofMaxSize(12).map(all -> "tls_server_config:" + String.join("", all)));
  }

  private static String[] lineStarts() {
    return new String[] {"\n", "\n  ", "\n    "};
  }
}
