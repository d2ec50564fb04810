package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.metrics.MetricFamily;
import io.okxexporter.model.Credentials;
import io.okxexporter.simulator.SimulatedUser;
import io.okxexporter.web.TlsClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This version starts with the configuration, the web configuration, the variables, the flags and
 * the alert rules of each earlier one, which are kept as they were (docs/upgrading.md).
 */
class KeptVersionsIT {
  private static final Path KEPT = Path.of("src/test/resources/io/okxexporter/kept");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern METRIC = Pattern.compile("(?<![:/\\w])okx_[a-z_]+[a-z](?![a-z_]*-)");

  @TempDir private Path folder;
  private final Authority authority;
  private LocalExchange exchange;

  /** What a text in braces in a kept file stands for. */
  private final Map<String, String> values = new HashMap<>();

  KeptVersionsIT() throws Exception {
    authority = new Authority("ca");
  }

  static List<Path> versions() throws IOException {
    try (Stream<Path> versions = Files.list(KEPT)) {
      return versions.sorted().toList();
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    exchange = LocalExchange.named(3);
    values.put("folder", folder.toString());
    values.put("exchange", exchange.url().toString());
    values.put("bcrypt", BCrypt.withDefaults().hashToString(4, "secret".toCharArray()));
    for (SimulatedUser user : exchange.users()) {
      Credentials key = user.credentials();
      secret(user.name() + "_api_key", key.apiKey().reveal());
      secret(user.name() + "_secret_key", key.secretKey().reveal());
      secret(user.name() + "_passphrase", key.passphrase().reveal());
    }
    Issued server = authority.issue("ip:127.0.0.1");
    Files.writeString(folder.resolve("server.crt"), server.certificatePem());
    Files.writeString(folder.resolve("server.key"), server.keyPem());
    Files.writeString(folder.resolve("ca.crt"), authority.root.certificatePem());
  }

  private void secret(String name, String text) throws IOException {
    values.put(name, text);
    Files.writeString(folder.resolve(name), text + "\n");
  }

  @AfterEach
  void close() {
    exchange.close();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void it_starts_with_the_files_and_flags_of(Path version) throws Exception {
    for (String name : List.of("okx.yml", "web.yml")) {
      Files.writeString(folder.resolve(name), kept(version, name));
    }
    String[] flags = kept(version, "flags").lines().toArray(String[]::new);
    try (Child exporter = Child.jar(Map.of(), flags)) {
      String serving = exporter.awaitLine("msg=\"serving");
      for (String user : List.of("user1", "user2")) {
        exporter.poll(
            TIMEOUT,
            () -> scrape(Http.url(serving)),
            text -> text.contains("okx_total_asset_valuation{ccy=\"USDT\",user=\"" + user));
      }
    }
  }

  private String scrape(URI url) throws Exception {
    String login =
        Base64.getEncoder().encodeToString("prometheus:secret".getBytes(StandardCharsets.UTF_8));
    InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
    return new TlsClient(authority, null)
        .get(address, url.getPath(), "Authorization", "Basic " + login)
        .text();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void it_starts_with_the_variables_of(Path version) throws Exception {
    Map<String, String> environment =
        kept(version, "environment")
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    try (Child exporter = Child.jar(environment, "--web.listen-address=127.0.0.1:0")) {
      URI url = Http.url(exporter.awaitLine("msg=\"serving"));
      exporter.poll(
          TIMEOUT,
          () -> new Http().scrape(url),
          metrics -> metrics.has("okx_total_asset_valuation{ccy=\"USDT\",user=\"user1\"}"));
      assertThat(exporter.err()).doesNotContain("level=warn");
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void prometheus_loads_the_rules_of_and_every_metric_in_them_is_served(Path version)
      throws Exception {
    for (String rules : List.of("okx.rules.yml", "okx.floors.yml")) {
      String file = version.resolve(rules).toString();
      Command.of(Command.program("promtool"), "check", "rules", file).run().succeeded();
    }
    Set<String> known =
        Arrays.stream(MetricFamily.values())
            .map(MetricFamily::exposedName)
            .collect(Collectors.toSet());
    known.add("okx_balance_floor"); // recorded by okx.floors.yml
    assertThat(
            METRIC
                .matcher(Files.readString(version.resolve("okx.rules.yml")))
                .results()
                .map(MatchResult::group))
        .isNotEmpty()
        .allMatch(known::contains);
  }

  private String kept(Path version, String name) throws IOException {
    String text = Files.readString(version.resolve(name));
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }
}
