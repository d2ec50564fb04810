package io.okxexporter.config;

import io.okxexporter.config.yaml.LabelValue;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    String name = section.text("name", LabelValue::parse);
    UserSecrets read = secrets.read(section, name);
    User user =
        new User(
            name,
            region(section),
            Boolean.TRUE.equals(section.flag("demo")),
            ccys(section),
            read.credentials(),
            rate(section),
            section.text("rate_limit_group", LabelValue::parse),
            ProxyReader.read(section, read.proxyPassword()));
    rejectSecret("name", user.name(), user, section);
    rejectSecret("rate_limit_group", user.sharedGroup(), user, section);
    if (user.proxy() != null && user.proxy().login() != null) {
      rejectSecret("proxy_user", user.proxy().login().user(), user, section);
    }
    section.rejectOthers();
    return new ConfiguredUser(user, section);
  }

  /** Names become labels and parts of reports and of the log. */
  private static void rejectSecret(String key, @Nullable String text, User user, Section section) {
    if (text != null && user.secrets().contains(new Secret(text))) {
      section.report(key, null, "expected a name, but it equals a secret of this user");
    }
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
