package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Command.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvnw} with a Maven that only says its name, from a repository in a folder. */
class MavenWrapperTest {
  private static final String ARCHIVE = "apache-maven-1.0-bin.tar.gz";

  @TempDir private Path folder;
  private Path mvnw;
  private Path published;
  private Path kept;
  private Path unpacked;

  @BeforeEach
  void publish() throws Exception {
    Command.program("curl");
    mvnw = Files.copy(Path.of("mvnw"), folder.resolve("mvnw"));
    Path repository = folder.resolve("repository/org/apache/maven/apache-maven/1.0");
    published = Files.createDirectories(repository).resolve(ARCHIVE);
    kept = folder.resolve("home/wrapper/" + ARCHIVE);
    unpacked = folder.resolve("home/wrapper/apache-maven-1.0/bin/mvn");
    pack("genuine", published);
    Files.createDirectories(folder.resolve(".mvn/wrapper"));
    expect(published);
  }

  @Test
  void it_fetches_once() throws Exception {
    assertThat(run().succeeded()).contains("fetching Maven 1.0").endsWith("genuine -v\n");
    Files.delete(published);
    assertThat(run().succeeded()).isEqualTo("genuine -v\n");
    assertThat(folder.resolve("home/wrapper").toFile().list())
        .containsExactlyInAnyOrder(ARCHIVE, "apache-maven-1.0");
  }

  @Test
  void what_is_fetched_is_checked() throws Exception {
    pack("forged", published);
    assertThat(run().exitCode()).isEqualTo(1);
    assertThat(kept).doesNotExist();
    assertThat(unpacked).doesNotExist();
  }

  @Test
  void what_is_kept_is_checked_and_fetched_again() throws Exception {
    run().succeeded();
    pack("forged", kept);
    assertThat(run().succeeded()).contains("fetching Maven 1.0").endsWith("genuine -v\n");
    pack("forged", kept);
    Files.delete(published);
    assertThat(run().exitCode()).isEqualTo(1);
  }

  @Test
  void what_is_unpacked_is_checked_and_unpacked_again() throws Exception {
    run().succeeded();
    Files.writeString(unpacked, "echo forged\n", StandardOpenOption.APPEND);
    assertThat(run().succeeded()).isEqualTo("genuine -v\n");
    Files.writeString(unpacked.resolveSibling("more"), "");
    run().succeeded();
    assertThat(unpacked.resolveSibling("more")).doesNotExist();
  }

  @Test
  void another_checksum_replaces_what_is_kept() throws Exception {
    run().succeeded();
    pack("newer", published);
    expect(published);
    assertThat(run().succeeded()).endsWith("newer -v\n");
  }

  private void pack(String name, Path archive) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("apache-maven-1.0/bin"));
    Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho " + name + " \"$@\"\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    Command.of("tar", "-czf", archive.toString(), "apache-maven-1.0").in(folder).run().succeeded();
  }

  private void expect(Path archive) throws Exception {
    byte[] sum = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
    Files.writeString(
        folder.resolve(".mvn/wrapper/maven-wrapper.properties"),
        "mavenVersion=1.0\narchiveSha512Sum=" + HexFormat.of().formatHex(sum) + "\n");
  }

  private Ended run() throws IOException, InterruptedException {
    return Command.of(mvnw.toString(), "-v")
        .with(
            Map.of(
                "MAVEN_USER_HOME",
                folder.resolve("home").toString(),
                "MVNW_REPOURL",
                folder.resolve("repository").toUri().toString().replaceFirst("/$", "")))
        .run();
  }
}
