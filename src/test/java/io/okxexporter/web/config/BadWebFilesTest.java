package io.okxexporter.web.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.FileException;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.RefusedFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BadWebFilesTest extends RefusedFiles {
  BadWebFilesTest() throws URISyntaxException {
    super("bad");
  }

  @Override
  protected void load(Path file) throws ConfigException {
    PemReader pems = PemReader.opening(WebConfigLoader.folder(file), new RealPair());
    WebConfigLoader.load(file, new TestFiles(), pems, JavaVersions.JAVA_17);
  }

  /** Provides a matching key pair, for files with mistakes elsewhere. */
  private static final class RealPair extends TestFiles {
    private static final Issued PAIR = issued();

    @Override
    public byte[] read(Path file, int maxBytes) throws FileException {
      return switch (String.valueOf(file.getFileName())) {
        case "server.crt", "ca.crt" -> PAIR.certificatePem().getBytes(UTF_8);
        case "server.key" -> PAIR.keyPem().getBytes(UTF_8);
        default -> super.read(file, maxBytes);
      };
    }

    private static Issued issued() {
      try {
        return Authority.selfSigned("dns:localhost");
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void a_web_configuration_that_does_not_exist_is_refused() {
    assertThat(refusal(Path.of("nowhere", "web.yml")))
        .hasMessage(
            "--web.config.file: \"nowhere/web.yml\": expected a readable file, but it does not"
                + " exist");
  }
}
