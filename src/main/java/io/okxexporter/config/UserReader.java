package io.okxexporter.config;

import io.okxexporter.config.yaml.LabelValue;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.User;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads one user from a section of the file or the environment. */
final class UserReader {
  private final SecretReader secrets;

  /**
   * @param folder the base of relative paths
   * @param secretFiles reads the secret files
   */
  UserReader(Path folder, SecretFiles secretFiles) {
    this.secrets = new SecretReader(folder, secretFiles);
  }

  /** Reads one of several users, which needs a name. */
  ConfiguredUser readNamed(Section section) {
    if (!section.has("name")) {
      section.report("name", null, "expected a name: it becomes the label user");
    }
    return read(section);
  }

  /** Reads the only user, which may have no name. */
  ConfiguredUser read(Section section) {
    UserSecrets read = secrets.read(section);
    User user =
        new User(
            section.text("name", LabelValue::parse),
            region(section),
            Boolean.TRUE.equals(section.flag("demo")),
            ccys(section),
            read.credentials(),
            rate(section),
            section.text("rate_limit_group", LabelValue::parse),
            ProxyReader.read(section, read.proxyPassword()));
    section.rejectOthers();
    return new ConfiguredUser(user, section);
  }

  private static URI region(Section section) {
    URI region = section.text("region", UrlParser::parseRegion);
    return Objects.requireNonNullElseGet(region, UrlParser::defaultRegion);
  }

  private static List<String> ccys(Section section) {
    List<String> ccys = section.texts("ccys", CcyParser.EXPECTED_LIST, CcyParser.parser());
    return Objects.requireNonNullElse(ccys, CcyParser.DEFAULT);
  }

  private static double rate(Section section) {
    Double rate = section.number("max_requests_per_second", RequestRateParser::parseOfUser);
    return Objects.requireNonNullElse(rate, RequestRateParser.MAX_OF_USER);
  }
}
