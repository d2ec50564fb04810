package io.okxexporter.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that only this account can read, deleted when closed, at the latest with the process. */
public final class TemporaryFile implements AutoCloseable {
  private final Path path;

  private TemporaryFile(Path path) {
    this.path = path;
  }

  /** Writes a new file into the system's folder for temporary files. */
  public static TemporaryFile of(String prefix, List<String> lines) throws IOException {
    Path path = Files.createTempFile(prefix, ".txt"); // which no other account can read
    path.toFile().deleteOnExit();
    Files.write(path, lines);
    return new TemporaryFile(path);
  }

  /** Returns its absolute path. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    var unused = path.toFile().delete();
  }
}
