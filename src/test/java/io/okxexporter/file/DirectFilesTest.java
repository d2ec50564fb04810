package io.okxexporter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
