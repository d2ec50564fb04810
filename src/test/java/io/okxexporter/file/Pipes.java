package io.okxexporter.file;

import java.io.IOException;
import java.nio.file.Path;

/** Makes named pipes, which Java cannot. */
public final class Pipes {
  private Pipes() {}

  /** An empty one that nobody writes into: whoever opens it waits. */
  public static Path make(Path path) throws IOException, InterruptedException {
    if (new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor() != 0) {
      throw new IOException("no pipe at " + path);
    }
    return path;
  }

  /** Writes this once somebody reads. */
  public static Process write(String text, Path pipe) throws IOException {
    return new ProcessBuilder("sh", "-c", "printf %s \"$1\" >\"$2\"", "sh", text, pipe.toString())
        .inheritIO()
        .start();
  }
}
