package io.okxexporter.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.Awaiting;
import io.okxexporter.fixture.Child;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uses a short deadline, as a hanging file is given up with any. A slow machine may give up a good
 * file as well, so these tests retry until it is read.
 */
@Timeout(60)
class TimedFilesTest {
  private static final String TOO_SLOW =
      "expected a readable file, but reading it timed out after 0 s";

  private final Stuck stuck = new Stuck();
  private final TimedFiles files = new TimedFiles(stuck, Duration.ofMillis(20));

  @TempDir private Path folder;

  /** Each file contains its name; a hanging file hangs until it is released. */
  private static final class Stuck implements FileAccess {
    final Map<Path, CountDownLatch> hanging = new ConcurrentHashMap<>();
    final List<Path> accesses = new ArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public byte[] read(Path file, int maxBytes) {
      return access(file).getBytes(UTF_8);
    }

    @Override
    public byte[] readOnce(Path file, int maxBytes) {
      return read(file, maxBytes);
    }

    @Override
    public List<String> stamps(List<Path> files) {
      return files.stream().map(this::access).toList();
    }

    @Override
    public boolean isReadableByOthers(Path file) {
      return access(file).equals("open");
    }

    private String access(Path file) {
      threads.add(Thread.currentThread());
      synchronized (accesses) {
        accesses.add(file);
      }
      CountDownLatch latch = hanging.get(file);
      if (latch != null) {
        awaitQuietly(latch);
      }
      return file.toString();
    }

    private static void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    long accessesOf(Path file) {
      synchronized (accesses) {
        return accesses.stream().filter(file::equals).count();
      }
    }
  }

  @AfterEach
  void release() {
    stuck.hanging.values().forEach(CountDownLatch::countDown);
  }

  @Test
  void a_file_whose_mode_cannot_be_read_in_time_is_not_taken_for_readable() {
    assertThat(files.isReadableByOthers(Path.of("open"))).isTrue();
    assertThat(files.isReadableByOthers(Path.of("closed"))).isFalse();
    assertThat(files.isReadableByOthers(hang("open"))).isFalse();
  }

  private Path hang(String name) {
    Path file = Path.of(name);
    stuck.hanging.put(file, new CountDownLatch(1));
    return file;
  }

  private void release(Path file) {
    Objects.requireNonNull(stuck.hanging.remove(file)).countDown();
  }

  private void assertTooSlow(Path file) {
    assertThatThrownBy(() -> files.read(file, 9)).hasMessage(TOO_SLOW);
  }

  /** Retries, as the file may be given up at first. */
  private void assertRead(Path file) throws Exception {
    assertThat(Awaiting.answer(() -> read(file), text -> !text.isEmpty()))
        .isEqualTo(file.toString());
  }

  /** The content; empty if the file was given up. */
  private String read(Path file) {
    try {
      return new String(files.read(file, 9), UTF_8);
    } catch (FileException e) {
      return "";
    }
  }

  @Test
  void a_pipe_that_nobody_writes_into_is_given_up() throws Exception {
    Path pipe = NamedPipes.make(folder.resolve("pipe"));
    assertThatThrownBy(
            () -> new TimedFiles(new DirectFiles(), Duration.ofMillis(20)).readOnce(pipe, 9))
        .hasMessage(TOO_SLOW);
    Child late = NamedPipes.write("late", pipe);
    assertThat(late.awaitExit()).isZero();
  }

  @Test
  void what_is_wrong_with_a_file_is_said_as_ever() {
    TimedFiles real = new TimedFiles();
    assertThatThrownBy(() -> real.read(folder, 9))
        .isInstanceOf(FileException.class)
        .hasMessage("expected a file, but it is a directory");
  }

  @Test
  void a_file_that_hangs_is_not_looked_at_again_before_it_is_back() throws Exception {
    Path file = hang("a");
    for (int i = 0; i < 2 * TimedFiles.MAX_HANGING; i++) {
      assertTooSlow(file);
      assertThat(files.stamp(file)).isEqualTo(FileAccess.UNREADABLE);
      assertThat(files.exists(file)).isFalse();
    }
    assertThat(stuck.accessesOf(file)).isLessThanOrEqualTo(1);
    assertRead(Path.of("b"));
    release(file);
    assertRead(file);
  }

  @Test
  void no_file_is_looked_at_while_many_hang() throws Exception {
    List<Path> many =
        IntStream.range(0, TimedFiles.MAX_HANGING).mapToObj(i -> hang("hangs-" + i)).toList();
    many.forEach(this::assertTooSlow);
    Path good = Path.of("good");
    assertThatThrownBy(() -> files.read(good, 9))
        .hasMessage("expected a readable file, but 8 other files are hanging");
    assertThat(stuck.accessesOf(good)).isZero();
    many.forEach(this::release);
    assertRead(good);
    for (Path each : many) {
      assertRead(each);
    }
  }

  @Test
  void the_stamps_around_a_file_that_hangs_are_taken() throws Exception {
    List<Path> paths = new ArrayList<>();
    IntStream.range(0, 1000).forEach(i -> paths.add(Path.of("f" + i)));
    paths.set(500, hang("hangs"));
    List<String> expected = new ArrayList<>(paths.stream().map(Path::toString).toList());
    expected.set(500, FileAccess.UNREADABLE);
    // A stamp ends in a number if a slow machine gave its file up.
    Awaiting.until(() -> withoutNumbers(files.stamps(paths)).equals(expected));
    assertThat(stuck.accessesOf(paths.get(500))).isLessThanOrEqualTo(1);
  }

  private static List<String> withoutNumbers(List<String> stamps) {
    return stamps.stream().map(stamp -> stamp.replaceFirst(" \\d+$", "")).toList();
  }

  /** Thousands of files are watched each second, so a thread for each would be too expensive. */
  @Test
  void stamps_are_taken_in_one_go() {
    List<Path> paths = IntStream.range(0, 1000).mapToObj(i -> Path.of("f" + i)).toList();
    assertThat(new TimedFiles(stuck, Duration.ofMinutes(1)).stamps(paths))
        .isEqualTo(paths.stream().map(Path::toString).toList());
    assertThat(stuck.threads).hasSize(1);
    assertThat(files.stamps(List.of())).isEmpty();
  }

  @Test
  void a_file_that_was_given_up_has_another_stamp_afterwards() throws Exception {
    Path file = Path.of("a");
    String before = new TimedFiles(stuck, Duration.ofMinutes(1)).stamp(file);
    hang("a");
    assertTooSlow(file);
    release(file);
    assertRead(file);
    String after =
        Awaiting.answer(() -> files.stamp(file), it -> !it.equals(FileAccess.UNREADABLE));
    assertThat(after).startsWith(before + " ").isNotEqualTo(before);
  }
}
