package io.okxexporter.web.config;

import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.LabelValue;
import io.okxexporter.config.yaml.Section;
import io.okxexporter.web.config.WebSettings.ClientAuth;
import io.okxexporter.web.config.WebSettings.Pem;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of {@code tls_server_config} for client certificates. */
record ClientAuthReader(@Nullable Pem ca, ClientAuth auth, List<String> allowedSans) {
  private static final String EXPECTED_SANS =
      "expected a list of at least one name, such as [prometheus.example]";

  static ClientAuthReader read(Section section, PemReader pems) {
    ClientAuth auth = section.text("client_auth_type", ClientAuthReader::parseAuth);
    boolean known = auth != null || !section.has("client_auth_type");
    ClientAuth effective = Objects.requireNonNullElse(auth, ClientAuth.NO_CLIENT_CERT);
    if (effective == ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT) {
      requireCa(section, effective);
    } else if (known && !effective.verifies()) {
      rejectUnused(section, effective);
    }
    Pem ca = pems.read(section, "client_ca", PemParser::certificates);
    List<String> sans =
        section.texts("client_allowed_sans", EXPECTED_SANS, ClientAuthReader::parseSan);
    return new ClientAuthReader(ca, effective, Objects.requireNonNullElse(sans, List.of()));
  }

  /** Java's own CAs would admit everyone with a certificate of any public CA. */
  private static void requireCa(Section section, ClientAuth auth) {
    if (!PemReader.has(section, "client_ca")) {
      String either = "this or " + section.name(PemReader.fileKey("client_ca"));
      section.report(
          "client_ca",
          null,
          either
              + " must be set, as "
              + auth.configName()
              + " would else accept certificates of every public CA");
    }
  }

  /** These settings imply that clients are verified, and would silently have no effect. */
  private static void rejectUnused(Section section, ClientAuth auth) {
    for (String key : List.of("client_ca", "client_ca_file", "client_allowed_sans")) {
      if (section.has(key)) {
        section.report(
            key,
            null,
            "expected only with a client_auth_type that verifies: "
                + namesOfVerifying()
                + "; "
                + auth.configName()
                + " does not");
      }
    }
  }

  private static String namesOfVerifying() {
    return Arrays.stream(ClientAuth.values())
        .filter(ClientAuth::verifies)
        .map(ClientAuth::configName)
        .collect(Collectors.joining(" or "));
  }

  private static ClientAuth parseAuth(String text) throws InvalidValueException {
    for (ClientAuth auth : ClientAuth.values()) {
      if (auth.configName().equals(text)) {
        return auth;
      }
    }
    throw new InvalidValueException(
        Arrays.stream(ClientAuth.values())
            .map(ClientAuth::configName)
            .collect(Collectors.joining(", ", "expected one of ", "")));
  }

  private static String parseSan(String text) throws InvalidValueException {
    if (text.isBlank() || !text.codePoints().allMatch(LabelValue::isPrintable)) {
      throw new InvalidValueException(
          "expected a DNS name, an IP address, an e-mail address or a URI");
    }
    return text;
  }
}
