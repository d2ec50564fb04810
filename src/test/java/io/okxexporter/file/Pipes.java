package io.okxexporter.file;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes named pipes, which Java cannot. */
public final class Pipes {
  private Pipes() {}

  /** An empty one that nobody writes into: whoever opens it waits. */
  public static Path make(Path path) throws IOException, InterruptedException {
    Command.of("mkfifo", path.toString()).run().succeeded();
    return path;
  }

  /** Writes this once somebody reads. */
  public static Child write(String text, Path pipe) throws IOException {
    List<String> command =
        List.of("sh", "-c", "printf %s \"$1\" >\"$2\"", "sh", text, pipe.toString());
    return Child.start(Map.of(), command);
  }
}
