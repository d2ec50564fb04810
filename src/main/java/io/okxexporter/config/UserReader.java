package io.okxexporter.config;

import io.okxexporter.config.yaml.LabelValue;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.User;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads one user, from a section of the file or from the environment made into one. */
final class UserReader {
  private final SecretReader secrets;

  /**
   * @param folder where relative paths start
   * @param secretFiles reads the files of secrets
   */
  UserReader(Path folder, SecretFiles secretFiles) {
    this.secrets = new SecretReader(folder, secretFiles);
  }

  /** One of several, who needs a name to be told from the others. */
  ConfiguredUser readNamed(Section section) {
    if (!section.has("name")) {
      section.report("name", null, "expected a name: it becomes the label user");
    }
    return read(section);
  }

  /** The only one, who may go without a name. */
  ConfiguredUser read(Section section) {
    User user =
        new User(
            section.text("name", LabelValue::parse),
            region(section),
            Boolean.TRUE.equals(section.flag("demo")),
            ccys(section),
            secrets.read(section),
            rate(section),
            section.text("rate_limit_group", LabelValue::parse),
            section.text("proxy_url", UrlParser::parseProxy));
    section.refuseOthers();
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
    Double rate = section.number("max_requests_per_second", RateParser::parseOfUser);
    return Objects.requireNonNullElse(rate, RateParser.MAX_OF_USER);
  }
}
