package io.okxexporter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.okxexporter.fixture.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DirectFilesTest {
  private final FileAccess files = new DirectFiles();

  @TempDir private Path folder;

  @Test
  void a_file_is_read_also_behind_a_link() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(files.read(file, 4)).asString().isEqualTo("text");
    assertThat(files.read(link, 4)).asString().isEqualTo("text");
  }

  @Test
  void what_is_no_file_to_read_is_refused_in_words() throws Exception {
    Path large = Files.write(folder.resolve("large"), new byte[4097]);
    assertRejected(large, "expected a file of at most 4 KiB");
    assertRejected(folder, "expected a file, but it is a directory");
    assertRejected(folder.resolve("none"), "expected a readable file, but it does not exist");
  }

  /** Opening the pipe would block for ever. */
  @Test
  void what_cannot_be_read_again_is_refused_before_it_is_opened() throws Exception {
    String expected = "expected a regular file: a pipe or device cannot be read again";
    Path pipe = NamedPipes.make(folder.resolve("pipe"));
    assertRejected(pipe, expected);
    assertRejected(Files.createSymbolicLink(folder.resolve("link"), pipe), expected);
    assertRejected(Path.of("/dev/null"), expected);
  }

  private void assertRejected(Path file, String expected) {
    assertThatThrownBy(() -> files.read(file, 4096)).hasMessage(expected);
  }

  @Test
  void what_comes_through_a_pipe_is_read_if_once_is_enough() throws Exception {
    Path pipe = NamedPipes.make(folder.resolve("pipe"));
    Child writer = NamedPipes.write("text", pipe);
    assertThat(files.readOnce(pipe, 4)).asString().isEqualTo("text");
    assertThat(writer.awaitExit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, rwxr-xr-x, true",
    "rw----r--, rwx--x--x, true",
    "rw-r-----, rwxr-xr-x, false",
    "rw-r--r--, rwxr-x---, false",
    "r--------, rwxr-xr-x, false"
  })
  void others_can_read_what_mode_and_folders_allow(String mode, String folderMode, boolean readable)
      throws Exception {
    // Not below the folder of this test, which is closed to others.
    Path open = Files.createDirectories(Path.of("target/open-folder")).toAbsolutePath();
    assumeTrue(
        areOpenToOthers(Path.of("target").toAbsolutePath()),
        "the project's own folder is closed to others");
    Path file = Files.writeString(open.resolve("secret"), "text");
    Path link = folder.resolve("link");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(folderMode));
      assertThat(files.isReadableByOthers(file)).isEqualTo(readable);
      assertThat(files.isReadableByOthers(Files.createSymbolicLink(link, file)))
          .isEqualTo(readable);
    } finally {
      Files.delete(file);
      Files.delete(open);
    }
  }

  private static boolean areOpenToOthers(Path folder) throws IOException {
    for (Path each = folder; each != null; each = each.getParent()) {
      if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  /** As Kubernetes and Swarm mount secrets: readable for all, but within one container. */
  @Test
  void files_in_memory_and_files_that_are_gone_are_not_counted() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "no file system in memory");
    Path file = Files.createTempFile(memory, "okx-exporter", "");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(files.isReadableByOthers(file)).isFalse();
    } finally {
      Files.delete(file);
    }
    assertThat(files.isReadableByOthers(file)).isFalse();
  }

  @Test
  void a_stamp_changes_with_a_swapped_link() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), data("a"));
    String before = files.stamp(link);
    assertThat(files.stamp(link)).isEqualTo(before);
    Path next = Files.createSymbolicLink(folder.resolve("next"), data("b"));
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    assertThat(files.stamp(link)).isNotEqualTo(before);
    assertThat(files.exists(link)).isTrue();
    assertThat(files.exists(folder.resolve("none"))).isFalse();
  }

  private Path data(String name) throws Exception {
    return Files.writeString(folder.resolve(name), name);
  }
}
