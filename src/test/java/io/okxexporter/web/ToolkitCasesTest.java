package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.config.Config;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.web.config.LoadedConfigs;
import io.okxexporter.web.config.WebSettingsSource;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What exporter-toolkit's own tests expect of a web configuration, in cases of our own: its tables
 * of files, servers and users, its tests of handlers and of a reload, and a file that none of them
 * uses. Three are refused on purpose, those with {@code curve_preferences} before Java 20.
 */
class ToolkitCasesTest {
  /** What it is about, the file, what the client does, and what it gets. */
  private static final String CASES =
      """
      no such file                        | ABSENT                                     | http | refused
      an empty file                       | # nothing                                  | http | 200
      a file that is no mapping           | abc def ghi                                | http | refused
      an unknown key                      | tls{cert_filse: server.crt}                | http | refused
      an empty path of the certificate    | tls{cert_file: "", key_file: server.key}   | http | refused
      an empty certificate                | tls{cert: "", key_file: server.key}        | http | refused
      an empty path of the key            | tls{cert_file: server.crt, key_file: ""}   | http | refused
      an empty key                        | tls{cert_file: server.crt, key: ""}        | http | refused
      empty paths and a made-up type      | tls{cert_file: "", key_file: "", client_auth_type: x} | http | refused
      a certificate that is not there     | tls{cert_file: nowhere, key_file: server.key} | http | refused
      a key that is not there             | tls{cert_file: server.crt, key_file: nowhere} | http | refused
      neither is there                    | tls{cert_file: nowhere, key_file: nowhere} | http | refused
      a client CA without a type          | tls{PAIR, client_ca_file: /dev/null}       | http | refused
      a client CA that is not there       | tls{PAIR, client_ca_file: nowhere}         | http | refused
      a password that is no hash          | tls{PAIR} users{john: doe}                 | http | refused
      a made-up cipher suite              | tls{PAIR, IF_GIVEN, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA2048]} | http | refused
      a made-up curve                     | tls{PAIR, IF_GIVEN, curve_preferences: [CurveP257]} | http | refused
      a made-up TLS version               | tls{PAIR, IF_GIVEN, min_version: TLS111}   | http | refused
      HTTP without a file                 | NONE                                       | http | 200
      TLS without a file                  | NONE                                       | https | no TLS
      HTTP where TLS is on                | tls{PAIR, IF_GIVEN}                        | http | no HTTP
      TLS                                 | tls{PAIR, IF_GIVEN}                        | https | 200
      certificate and key inline          | tls{cert: CERT, key: KEY, IF_GIVEN}        | https | 200
      a client of TLS 1.1                 | tls{PAIR, IF_GIVEN}                        | TLS 1.1 | no TLS
      all cipher suites                   | tls{PAIR, IF_GIVEN, cipher_suites: [ALL_SUITES]} | https | 200
      a cipher suite of two               | TWO_SUITES                                 | https suites=RSA_128 | 200 by RSA_128
      no cipher suite in common           | TWO_SUITES                                 | https suites=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA | no TLS
      several in common                   | TWO_SUITES                                 | https suites=RSA_128,RSA_256 | 200 by RSA_128
      several, and the client chooses     | CLIENTS_ORDER                              | https suites=RSA_128,RSA_256 | 200 by RSA_128
      all curves                          | tls{PAIR, IF_GIVEN, curve_preferences: [CurveP256, CurveP384, CurveP521, X25519]} | https | 200 | Java 20
      a curve in common                   | tls{PAIR, IF_GIVEN, min_version: TLS13, curve_preferences: [CurveP521]} | https curve=secp521r1 | 200 | Java 20
      no curve in common                  | tls{PAIR, IF_GIVEN, min_version: TLS13, curve_preferences: [CurveP521]} | https curve=secp384r1 | no TLS | Java 20
      a suite not for HTTP/2, which is off | tls{PAIR, IF_GIVEN, max_version: TLS12, cipher_suites: [RSA_256]} http{http2: false} | https | 200
      a suite not for HTTP/2, which is on | tls{PAIR, IF_GIVEN, max_version: TLS12, cipher_suites: [RSA_256]} | https | refused
      headers                             | http{headers: {HEADERS}}                   | http | 200
      a value no header has               | http{headers: {X-Content-Type-Options: sniff}} | http | refused
      another                             | http{headers: {X-Frame-Options: foo}}      | http | refused
      a header that cannot be set         | http{headers: {Content-Type: foo}}         | http | refused
      any certificate                     | tls{PAIR, client_auth_type: RequireAnyClientCert} | https cert=one | 200
      any certificate, and the key inline | tls{cert_file: server.crt, key: KEY, client_auth_type: RequireAnyClientCert} | https cert=one | 200
      a certificate of the client CA      | tls{PAIR, client_auth_type: RequireAndVerifyClientCert, client_ca_file: one.crt} | https cert=one | 200
      an allowed name                     | tls{PAIR, client_auth_type: RequireAndVerifyClientCert, client_ca_file: two.crt, client_allowed_sans: [a, two, b]} | https cert=two | 200
      no allowed name                     | tls{PAIR, client_auth_type: RequireAndVerifyClientCert, client_ca_file: two.crt, client_allowed_sans: [bad]} | https cert=two | no TLS
      a rate limit that is none           | limit{interval: 0, burst: 0}               | http times=11 | 200
      a rate limit that admits nothing    | limit{interval: 1s, burst: 0}              | http times=11 | refused | on purpose
      no password                         | users{alice: HASH, dave: HASH}             | http | 401
      a password                          | users{alice: HASH, dave: HASH}             | http user=dave:right | 200
      no password over TLS                | tls{PAIR} users{alice: HASH, dave: HASH}   | https | 401
      a password over TLS                 | tls{PAIR} users{alice: HASH, dave: HASH}   | https user=dave:right | 200
      that of another                     | tls{PAIR} users{alice: HASH, dave: HASH}   | https user=alice:right | 200
      a wrong password                    | tls{PAIR} users{alice: HASH, dave: HASH}   | https user=dave:bad | 401
      an unknown user                     | tls{PAIR} users{alice: HASH, dave: HASH}   | https user=nobody:right | 401
      right and wrong ones at once        | users{alice: HASH, dave: HASH}             | http user=alice:right user=alice:bad times=30 | 200 401
      one that might stand for all        | users{alice: HASH, dave: HASH}             | http user=fakeuser:fakepassword times=2 | 401
      a user and hash that poison a cache | users{alice: HASH, dave: HASH}             | http user=aliceHASH:fakepassword user=alice:HASHfakepassword | 401
      each header                         | http{headers: {HEADERS}}                   | http headers | 200 with each header
      a file without a client CA, then one with | tls{PAIR, client_auth_type: RequireAndVerifyClientCert} | https | refused | on purpose
      no client CA                        | tls{PAIR, client_auth_type: RequireAndVerifyClientCert} | https cert=one | refused | on purpose
      """;

  private static final String HASH = BCrypt.withDefaults().hashToString(4, "right".toCharArray());

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", "default-src 'self' *.test.example.net",
          "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "deny",
          "X-XSS-Protection", "1");

  private static final String RSA_128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String RSA_256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
  private static final List<String> ALL_SUITES =
      Stream.of("RSA", "ECDSA")
          .flatMap(
              key ->
                  Stream.of(
                          "AES_128_GCM_SHA256",
                          "AES_256_GCM_SHA384",
                          "CHACHA20_POLY1305_SHA256",
                          "AES_128_CBC_SHA",
                          "AES_256_CBC_SHA")
                      .map(cipher -> "TLS_ECDHE_" + key + "_WITH_" + cipher))
          .toList();

  @TempDir static Path folder;
  private static Authority authority;
  private static Map<String, Issued> clients;
  private static Map<String, String> abbreviations;

  /** One of the cases. */
  record Case(String name, String file, String client, String expected, String note) {
    static Case of(String line) {
      List<String> cells = new ArrayList<>(List.of(line.split(" *\\| ")));
      cells.add("");
      return new Case(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority("server-ca");
    Issued server = authority.issue(Authority.keys("RSA", 2048), "ip:127.0.0.1");
    clients =
        Map.of("one", Authority.selfSigned("dns:one"), "two", Authority.selfSigned("dns:two"));
    Files.writeString(folder.resolve("server.crt"), server.certificatePem());
    Files.writeString(folder.resolve("server.key"), server.keyPem());
    for (Map.Entry<String, Issued> client : clients.entrySet()) {
      Files.writeString(
          folder.resolve(client.getKey() + ".crt"), client.getValue().certificatePem());
    }
    abbreviations = abbreviations(server);
  }

  private static Map<String, String> abbreviations(Issued server) {
    Map<String, String> all = new LinkedHashMap<>();
    String pair = "cert_file: server.crt, key_file: server.key";
    String ifGiven = "client_auth_type: VerifyClientCertIfGiven";
    String tls12 =
        "tls{%s, %s, min_version: TLS12, max_version: TLS12, cipher_suites: "
            .formatted(pair, ifGiven);
    all.put("TWO_SUITES", tls12 + "[%s, %s]}".formatted(RSA_128, RSA_256));
    all.put(
        "CLIENTS_ORDER",
        tls12 + "[%s, %s], prefer_server_cipher_suites: false}".formatted(RSA_256, RSA_128));
    all.put("PAIR", pair);
    all.put("IF_GIVEN", ifGiven);
    all.put("ALL_SUITES", String.join(", ", ALL_SUITES));
    all.put("RSA_128", RSA_128);
    all.put("RSA_256", RSA_256);
    all.put("CERT", quoted(server.certificatePem()));
    all.put("KEY", quoted(server.keyPem()));
    all.put("HASH", HASH);
    all.put(
        "HEADERS",
        HEADERS.entrySet().stream()
            .map(header -> header.getKey() + ": " + quoted(header.getValue()))
            .collect(Collectors.joining(", ")));
    return all;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }

  static List<Case> cases() {
    return CASES.lines().map(Case::of).toList();
  }

  @Test
  void of_58_cases_three_are_refused_on_purpose_and_three_more_before_java_20() throws Exception {
    assertThat(cases()).hasSize(58);
    assertThat(cases()).filteredOn(it -> it.note().equals("on purpose")).hasSize(3);
    assertThat(cases()).filteredOn(it -> it.note().equals("Java 20")).hasSize(3);
    assertThat(Files.readString(Path.of("docs/configuration.md")))
        .contains("Of the 58 cases", "55 end as there on Java 20 and newer", "(two cases)");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void each_gets_what_it_should(Case each) throws Exception {
    boolean tooOld = each.note().equals("Java 20") && Runtime.version().feature() < 20;
    assertThat(outcome(each)).isEqualTo(tooOld ? "refused" : expanded(each.expected()));
  }

  private static String outcome(Case each) throws Exception {
    TestFiles files = new TestFiles();
    WebSettingsSource settings;
    try {
      settings = LoadedConfigs.with(Config.defaults(List.of()), flags(each.file()), files).web();
    } catch (ConfigException e) {
      return "refused";
    }
    WebProtection protection =
        new WebProtection(settings, UnprotectedWeb.ANY_HOST, files, valid -> {}, System::nanoTime);
    try (WebFixture web = new WebFixture(protection)) {
      return new Client(web, List.of(expanded(each.client()).split(" "))).outcome();
    }
  }

  private static Flags flags(String file) throws Exception {
    if (file.equals("NONE")) {
      return Flags.parse();
    }
    Path path = folder.resolve("web.yml");
    Files.writeString(path, yaml(file));
    return Flags.parse(
        "--web.config.file=" + (file.equals("ABSENT") ? folder.resolve("absent.yml") : path));
  }

  private static String yaml(String file) {
    String sections =
        expanded(file)
            .replace("tls{", "tls_server_config: {")
            .replace("http{", "http_server_config: {")
            .replace("users{", "basic_auth_users: {")
            .replace("limit{", "rate_limit: {");
    return sections.replaceAll("} (?=[a-z_]+: )", "}\n") + "\n";
  }

  /** In one pass: the random letters of a certificate may happen to be an abbreviation. */
  private static String expanded(String text) {
    return Pattern.compile(String.join("|", abbreviations.keySet()))
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(Objects.requireNonNull(abbreviations.get(match.group()))));
  }

  /** A client: a scheme, and words such as {@code cert=one}. */
  private record Client(WebFixture web, List<String> words) {
    String outcome() throws Exception {
      if (words.get(0).equals("TLS")) {
        return greetedByAnAlert() ? "no TLS" : "TLS";
      }
      String times = word("times");
      List<String> requests = new ArrayList<>();
      for (int i = 0; i < (times == null ? 1 : Integer.parseInt(times)); i++) {
        requests.addAll(users().isEmpty() ? List.of("") : users());
      }
      return requests.parallelStream()
          .map(this::status)
          .distinct()
          .sorted()
          .collect(Collectors.joining(" "));
    }

    private List<String> users() {
      return words.stream()
          .filter(word -> word.startsWith("user="))
          .map(word -> word.substring(5))
          .toList();
    }

    private @Nullable String word(String name) {
      return words.stream()
          .filter(word -> word.startsWith(name + "="))
          .map(word -> word.substring(name.length() + 1))
          .findFirst()
          .orElse(null);
    }

    private String status(String user) {
      try {
        return words.get(0).equals("https") ? overTls(user) : plain(user);
      } catch (IOException e) {
        return words.get(0).equals("https") ? "no TLS" : "no HTTP";
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private String plain(String user) throws IOException {
      String login = user.isEmpty() ? "" : "Authorization: " + basic(user) + "\r\n";
      String response =
          web.exchange(
              "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + login + "\r\n");
      if (!response.startsWith("HTTP/1.1 ")) {
        return "no HTTP";
      }
      boolean each =
          HEADERS.entrySet().stream()
              .allMatch(it -> response.contains(it.getKey() + ": " + it.getValue() + "\r\n"));
      return status(response, "") + (words.contains("headers") && each ? " with each header" : "");
    }

    private String overTls(String user) throws Exception {
      String cert = word("cert");
      TlsClient client =
          new TlsClient(authority, cert == null ? null : Objects.requireNonNull(clients.get(cert)));
      String[] login = user.isEmpty() ? new String[0] : new String[] {"Authorization", basic(user)};
      TlsClient.Reply reply = client.get(web.address(), "/metrics", this::narrow, login);
      String suite = word("suites") == null ? "" : " by " + reply.session().getCipherSuite();
      return status(reply.text(), suite);
    }

    private static String status(String response, String more) {
      return response.substring(9, 12) + more;
    }

    private static String basic(String user) {
      return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
    }

    private void narrow(SSLParameters parameters) {
      String suites = word("suites");
      String curve = word("curve");
      if (suites != null) {
        parameters.setProtocols(new String[] {"TLSv1.2"});
        parameters.setCipherSuites(suites.split(","));
      }
      if (curve != null) {
        TlsClient.setCurve(parameters, curve);
      }
    }

    /** A ClientHello by hand, as Java does not offer this version. */
    private boolean greetedByAnAlert() throws IOException {
      byte[] suites = {0, 2, (byte) 0xc0, 0x13}; // ECDHE_RSA_WITH_AES_128_CBC_SHA
      ByteBuffer hello = ByteBuffer.allocate(50);
      hello.put((byte) 22).putShort((short) 0x0301).putShort((short) 45);
      hello.putInt((1 << 24) | 41).putShort((short) 0x0302);
      hello.put(new byte[32]).put((byte) 0).put(suites).put((byte) 1).put((byte) 0);
      try (Socket socket = new Socket(web.address().getAddress(), web.address().getPort())) {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(hello.array());
        byte[] response = socket.getInputStream().readAllBytes();
        byte protocolVersion = 70;
        return response.length == 7
            && Arrays.equals(
                new byte[] {response[0], response[5], response[6]},
                new byte[] {21, 2, protocolVersion});
      }
    }
  }
}
