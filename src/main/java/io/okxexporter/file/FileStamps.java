package io.okxexporter.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Takes the stamps of files in one task, until it is given up. */
final class FileStamps implements Callable<List<String>> {
  private final List<Path> files;
  private final Function<Path, String> stamp;
  private final List<String> stamps = new ArrayList<>();
  private boolean givenUp;

  /**
   * @param files at least one
   */
  FileStamps(List<Path> files, Function<Path, String> stamp) {
    this.files = files;
    this.stamp = stamp;
  }

  @Override
  public List<String> call() {
    for (Path file : files) {
      if (!add(stamp.apply(file))) {
        break;
      }
    }
    return stampsSoFar();
  }

  private synchronized boolean add(String next) {
    if (!givenUp) {
      stamps.add(next);
    }
    return !givenUp;
  }

  /** The file being accessed, or the last one. */
  synchronized Path currentFile() {
    return files.get(Math.min(stamps.size(), files.size() - 1));
  }

  private synchronized List<String> stampsSoFar() {
    return List.copyOf(stamps);
  }

  /** Ends the sweep; returns the stamps so far, with the current file as unreadable. */
  synchronized List<String> giveUp() {
    givenUp = true;
    List<String> all = new ArrayList<>(stamps);
    if (all.size() < files.size()) {
      all.add(FileAccess.UNREADABLE);
    }
    return all;
  }
}
