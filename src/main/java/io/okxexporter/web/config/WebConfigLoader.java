package io.okxexporter.web.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.config.yaml.YamlFile;
import io.okxexporter.config.yaml.YamlNode.Mapping;
import io.okxexporter.file.FileAccess;
import java.nio.file.Path;

/** Loads the web configuration file, in the format of Prometheus's exporter-toolkit. */
final class WebConfigLoader {
  private static final int MAX_BYTES = 1 << 20;

  private WebConfigLoader() {}

  /**
   * Loads and checks the file, and checks that the files it names are readable PEM.
   *
   * @param file may be empty, for plain HTTP without authentication
   * @param files reads this file and those it names
   * @throws ConfigException with every problem
   */
  static WebSettings load(Path file, FileAccess files) throws ConfigException {
    return load(file, files, PemReader.opening(folder(file), files), SupportedTls.running());
  }

  /**
   * Likewise, without opening the files it names: at run time, a certificate that is being replaced
   * is no reason to reject the rest.
   *
   * @param file may be empty, for plain HTTP without authentication
   * @param files reads this file
   * @throws ConfigException with every problem of the file itself
   */
  static WebSettings reload(Path file, FileAccess files) throws ConfigException {
    return load(file, files, PemReader.naming(folder(file)), SupportedTls.running());
  }

  static WebSettings load(Path file, FileAccess files, PemReader pems, SupportedTls supported)
      throws ConfigException {
    Problems problems = new Problems();
    Mapping settings =
        new YamlFile(
                "--web.config.file", file, () -> files.read(file, MAX_BYTES), "tls_server_config:")
            .readOrEmpty(problems);
    WebSettings web = read(Section.at("", settings, problems), pems, supported);
    problems.throwIfAny();
    return web;
  }

  /** The base of relative paths. */
  static Path folder(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }

  private static WebSettings read(Section top, PemReader pems, SupportedTls supported) {
    Section tls = top.section("tls_server_config", "expected settings, such as cert_file:");
    Section http = top.section("http_server_config", "expected http2: and headers:");
    Section users =
        top.section(
            "basic_auth_users", "expected user names, each with a bcrypt hash as its value");
    Section limit = top.section("rate_limit", "expected interval: and burst:");
    top.rejectOthers();
    boolean http2 = !Boolean.FALSE.equals(http.flag("http2"));
    Section headers = http.section("headers", "expected header names, each with a value");
    http.rejectOthers();
    return new WebSettings(
        new TlsReader(tls, pems, supported).read(http2),
        http2,
        HeaderReader.read(headers),
        BasicAuthUsersReader.read(users),
        RateLimitReader.read(limit));
  }
}
