package io.okxexporter.file;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Creates named pipes, which Java cannot. */
public final class NamedPipes {
  private NamedPipes() {}

  /** Creates an empty pipe without a writer, so that opening it blocks. */
  public static Path make(Path path) throws IOException, InterruptedException {
    Command.of("mkfifo", path.toString()).run().succeeded();
    return path;
  }

  /** Writes the text once the pipe has a reader. */
  public static Child write(String text, Path pipe) throws IOException {
    List<String> command =
        List.of("sh", "-c", "printf %s \"$1\" >\"$2\"", "sh", text, pipe.toString());
    return Child.start(Map.of(), command);
  }
}
