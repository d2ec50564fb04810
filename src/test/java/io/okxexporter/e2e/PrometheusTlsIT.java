package io.okxexporter.e2e;

import static io.okxexporter.fixture.SocketServer.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Http;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes over TLS: with a password, with a certificate and with neither. */
class PrometheusTlsIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final String HASH = BCrypt.withDefaults().hashToString(10, "secret".toCharArray());

  private static final List<String> GOOD = List.of("certificate", "password");
  private static final Map<String, String> REFUSALS =
      Map.of(
          "wrong_password", "401 Unauthorized",
          "no_password", "401 Unauthorized",
          "no_certificate", "tls: ",
          "certificate_of_its_own_making", "tls: ",
          "certificate_of_another_name", "tls: ",
          "certificate_without_password", "401 Unauthorized",
          "without_tls", "400 Bad Request|malformed HTTP response|EOF|reset");

  private final ObjectMapper json = new ObjectMapper();
  private final Http http = new Http();

  @TempDir private Path folder;

  @Test
  void who_has_what_is_asked_for_gets_the_values_and_nobody_else() throws Exception {
    String prometheus = Command.program("prometheus");
    writeCertificates();
    try (Child password = exporter("password", "");
        Child certificate =
            exporter(
                "certificate",
                """
                  client_ca_file: clients.crt
                  client_auth_type: RequireAndVerifyClientCert
                  client_allowed_sans: [prometheus.example]
                """)) {
      writeScrapes(port(password), port(certificate));
      int port = freePort();
      try (Child server =
          Child.start(
              Map.of(),
              List.of(
                  prometheus,
                  "--config.file=" + folder.resolve("prometheus.yml"),
                  "--storage.tsdb.path=" + folder.resolve("data"),
                  "--web.listen-address=127.0.0.1:" + port))) {
        URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
        server.awaitLine("Server is ready to receive web requests");
        server.poll(TIMEOUT, () -> query(api, "count_over_time(up[5m])"), this::isEnough);
        server.poll(TIMEOUT, () -> query(api, "up == 1"), up -> up.keySet().containsAll(GOOD));
        assertThat(query(api, "max_over_time(up[5m]) == 1")).containsOnlyKeys(GOOD);
        server.poll(
            TIMEOUT,
            () -> query(api, "count by (job) (okx_total_asset_valuation)"),
            values -> values.keySet().containsAll(GOOD));
        assertThat(query(api, "count by (job) ({__name__=~\"okx_.*\"})")).containsOnlyKeys(GOOD);
        Map<String, String> reasons = new TreeMap<>();
        server.poll(TIMEOUT, () -> addReasons(api, reasons), this::areExpected);
      }
    }
  }

  /** Whether each job has been scraped three times. */
  private boolean isEnough(Map<String, Double> scrapes) {
    return scrapes.size() == jobCount() && scrapes.values().stream().allMatch(count -> count >= 3);
  }

  private static int jobCount() {
    return GOOD.size() + REFUSALS.size();
  }

  /**
   * Collects the last scrape error of each job, and keeps the first expected one. Not every error
   * is expected: in TLS 1.3 a client sends its request before it learns that its certificate was
   * rejected. If the server has closed by then, it sees a broken pipe instead of the alert.
   */
  private Map<String, String> addReasons(URI api, Map<String, String> reasons) throws Exception {
    JsonNode targets = json.readTree(http.body(api.resolve("targets"))).at("/data/activeTargets");
    for (JsonNode target : targets) {
      String job = target.at("/labels/job").asText();
      if (!isExpected(job, reasons.get(job))) {
        reasons.put(job, target.get("lastError").asText());
      }
    }
    return reasons;
  }

  private boolean areExpected(Map<String, String> reasons) {
    return reasons.size() == jobCount()
        && reasons.entrySet().stream().allMatch(each -> isExpected(each.getKey(), each.getValue()));
  }

  private static boolean isExpected(String job, @Nullable String reason) {
    return reason != null
        && Pattern.compile(REFUSALS.getOrDefault(job, "^$")).matcher(reason).find();
  }

  private Child exporter(String name, String clients) throws IOException {
    Path file = folder.resolve(name + ".yml");
    Files.writeString(
        file,
        """
        tls_server_config:
          cert_file: server.crt
          key_file: server.key
        %sbasic_auth_users:
          prometheus: %s
        """
            .formatted(clients, HASH));
    return Child.jar(
        Map.of(), "--simulate", "--web.config.file=" + file, "--web.listen-address=127.0.0.1:0");
  }

  private void writeCertificates() throws Exception {
    Authority servers = new Authority("servers");
    Authority clients = new Authority("clients");
    Files.writeString(folder.resolve("servers.crt"), servers.root.certificatePem());
    Files.writeString(folder.resolve("clients.crt"), clients.root.certificatePem());
    write("server", servers.issue("ip:127.0.0.1"));
    write("client", clients.issue("dns:prometheus.example"));
    write("other", clients.issue("dns:other.example"));
    write("self", Authority.selfSigned("dns:prometheus.example"));
  }

  private void write(String name, Issued issued) throws IOException {
    Files.writeString(folder.resolve(name + ".crt"), issued.certificatePem());
    Files.writeString(folder.resolve(name + ".key"), issued.keyPem());
  }

  private void writeScrapes(int password, int certificate) throws IOException {
    String yaml =
        "global: {scrape_interval: 2s}\nscrape_configs:\n"
            + job("password", password, "secret", null)
            + job("wrong_password", password, "Secret", null)
            + job("no_password", password, null, null)
            + job("without_tls", password, "secret", null).replace("https", "http")
            + job("certificate", certificate, "secret", "client")
            + job("no_certificate", certificate, "secret", null)
            + job("certificate_of_its_own_making", certificate, "secret", "self")
            + job("certificate_of_another_name", certificate, "secret", "other")
            + job("certificate_without_password", certificate, null, "client");
    Files.writeString(folder.resolve("prometheus.yml"), yaml);
  }

  private static String job(
      String name, int port, @Nullable String password, @Nullable String certificate) {
    StringBuilder job = new StringBuilder();
    job.append("  - job_name: ").append(name).append("\n    scheme: https\n");
    job.append("    static_configs: [{targets: [\"127.0.0.1:").append(port).append("\"]}]\n");
    job.append("    tls_config:\n      ca_file: servers.crt\n");
    if (certificate != null) {
      job.append("      cert_file: ").append(certificate).append(".crt\n");
      job.append("      key_file: ").append(certificate).append(".key\n");
    }
    if (password != null) {
      job.append("    basic_auth: {username: prometheus, password: ")
          .append(password)
          .append("}\n");
    }
    return job.toString();
  }

  /** An instant query, by job. */
  private Map<String, Double> query(URI api, String query) throws Exception {
    URI url = api.resolve("query?query=" + URLEncoder.encode(query, UTF_8));
    Map<String, Double> values = new TreeMap<>();
    for (JsonNode series : json.readTree(http.body(url)).at("/data/result")) {
      values.put(series.at("/metric/job").asText(), series.at("/value/1").asDouble());
    }
    return values;
  }

  private static int port(Child exporter) throws InterruptedException {
    return Http.url(exporter.awaitLine("msg=\"serving")).getPort();
  }
}
