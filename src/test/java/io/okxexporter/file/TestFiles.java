package io.okxexporter.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accesses real files without a deadline; hanging ones are given up at once. */
public class TestFiles implements FileAccess {
  private final FileAccess files = new DirectFiles();

  /** The files that hang. */
  public final Set<Path> hanging = ConcurrentHashMap.newKeySet();

  /** The files that others can read, wherever these tests run. */
  public final Set<Path> readableByOthers = ConcurrentHashMap.newKeySet();

  @Override
  public byte[] read(Path file, int maxBytes) throws FileException {
    giveUpHanging(file);
    return files.read(file, maxBytes);
  }

  @Override
  public byte[] readOnce(Path file, int maxBytes) throws FileException {
    giveUpHanging(file);
    return files.readOnce(file, maxBytes);
  }

  private void giveUpHanging(Path file) throws FileException {
    if (hanging.contains(file)) {
      throw FileException.unreadable("reading it timed out after 5 s");
    }
  }

  @Override
  public boolean isReadableByOthers(Path file) {
    return readableByOthers.contains(file);
  }

  @Override
  public List<String> stamps(List<Path> paths) {
    return paths.stream()
        .map(file -> hanging.contains(file) ? UNREADABLE : files.stamp(file))
        .toList();
  }
}
