package io.okxexporter.file;

import java.nio.file.Path;
import java.util.List;

/** The exporter's access to files. Links are followed. */
public interface FileAccess {
  /** The stamp of an inaccessible file. */
  String UNREADABLE = "unreadable";

  /**
   * Reads a regular file. Pipes and devices, which cannot be read again, are rejected without
   * opening them.
   *
   * @param maxBytes the maximum size
   * @throws FileException if it is not such a file, is larger or cannot be read
   */
  byte[] read(Path file, int maxBytes) throws FileException;

  /**
   * Reads a file, pipe or device; a pipe is empty afterwards.
   *
   * @param maxBytes the maximum size
   * @throws FileException if it is a directory, holds more or cannot be read
   */
  byte[] readOnce(Path file, int maxBytes) throws FileException;

  /**
   * Returns a stamp per file that, for all practical purposes, changes with its content. It also
   * changes with a swapped link, and after reading was given up, so that the file is read again.
   */
  List<String> stamps(List<Path> files);

  /** The stamp of one file. */
  default String stamp(Path file) {
    return stamps(List.of(file)).get(0);
  }

  /**
   * Whether every user of this machine can read the file: its mode and its folders let others in.
   * Not on file systems in memory: container platforms keep secrets there, readable for all, but
   * within one container.
   */
  boolean isReadableByOthers(Path file);

  /** Whether the path exists and is accessible. */
  default boolean exists(Path path) {
    return !stamp(path).equals(UNREADABLE);
  }
}
