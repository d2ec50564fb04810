package io.okxexporter.file;

import java.nio.file.Path;
import java.util.List;

/** All that the exporter does with files. Links are followed. */
public interface FileAccess {
  /** The stamp of a file that cannot be looked at. */
  String UNREADABLE = "unreadable";

  /**
   * Reads a file that can be read again: pipes and devices are refused before they are opened.
   *
   * @param maxBytes how large it may be
   * @throws FileException if it is no such file, larger, or cannot be read
   */
  byte[] read(Path file, int maxBytes) throws FileException;

  /**
   * Reads a file, or whatever else there is to be read: a pipe is empty afterwards.
   *
   * @param maxBytes how much it may hold
   * @throws FileException if it is a directory, holds more, or cannot be read
   */
  byte[] readOnce(Path file, int maxBytes) throws FileException;

  /**
   * For each file what changes with its content, for all practical purposes; also by a swapped link
   * and, where reading it was given up, so that it is read again.
   */
  List<String> stamps(List<Path> files);

  /** The stamp of one file. */
  default String stamp(Path file) {
    return stamps(List.of(file)).get(0);
  }

  /** Whether there is anything at this path. */
  default boolean exists(Path path) {
    return !stamp(path).equals(UNREADABLE);
  }
}
