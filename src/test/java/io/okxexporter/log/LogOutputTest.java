package io.okxexporter.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogOutputTest {
  private final FullDisk disk = new FullDisk();
  private final LogOutput output = new LogOutput(LogFormat.LOGFMT, disk);

  @Test
  void a_line_is_one_write_and_flushed() {
    output.write(message("a"));
    output.write(message("b"));

    assertThat(disk.text()).isEqualTo("msg=a\nmsg=b\n");
    assertThat(disk.writes).isEqualTo(2);
    assertThat(disk.flushes).isEqualTo(2);
  }

  @Test
  void what_a_full_disk_swallows_is_counted_on_the_next_line() {
    output.write(message("a"));
    disk.room = 2;
    output.write(message("b"));
    output.write(message("c"));
    disk.room = Integer.MAX_VALUE;
    output.write(message("d"));
    output.write(message("e"));

    assertThat(disk.text()).isEqualTo("msg=a\nms\nmsg=d lost_lines=2\nmsg=e\n");
  }

  @Test
  void lines_of_many_threads_stay_whole() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<String> texts = IntStream.range(0, 400).mapToObj(i -> "m".repeat(i + 1)).toList();
    texts.forEach(text -> threads.execute(() -> output.write(message(text))));
    threads.shutdown();

    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(disk.text().lines())
        .containsExactlyInAnyOrderElementsOf(texts.stream().map(text -> "msg=" + text).toList());
  }

  private static Map<String, @Nullable Object> message(String text) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("msg", text);
    return fields;
  }

  /** Writes what fits and then fails, like a file on a full disk. */
  private static final class FullDisk extends OutputStream {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int room = Integer.MAX_VALUE;
    private int writes;
    private int flushes;

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int written = Math.min(length, room);
      content.write(bytes, offset, written);
      room -= written;
      writes++;
      if (written < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void flush() {
      flushes++;
    }

    String text() {
      return content.toString(UTF_8);
    }
  }
}
