package io.okxexporter.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accesses files on the calling thread, without a timeout. */
final class DirectFiles implements FileAccess {
  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  @Override
  public byte[] read(Path file, int maxBytes) throws FileException {
    if (Files.exists(file) && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
      throw new FileException("expected a regular file: a pipe or device cannot be read again");
    }
    return readOnce(file, maxBytes);
  }

  @Override
  public byte[] readOnce(Path file, int maxBytes) throws FileException {
    if (Files.isDirectory(file)) {
      throw new FileException("expected a file, but it is a directory");
    }
    byte[] bytes = bytes(file, maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new FileException("expected a file of at most " + size(maxBytes));
    }
    return bytes;
  }

  private static byte[] bytes(Path file, int atMost) throws FileException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(atMost);
    } catch (NoSuchFileException e) {
      throw FileException.unreadable("it does not exist");
    } catch (AccessDeniedException e) {
      throw FileException.unreadable("access is denied");
    } catch (IOException e) {
      throw FileException.unreadable("reading it failed");
    }
  }

  private static String size(int bytes) {
    return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
  }

  @Override
  public boolean isReadableByOthers(Path file) {
    try {
      Path real = file.toRealPath();
      return UNIX
          && allows(PosixFilePermission.OTHERS_READ, real)
          && areOpen(real.getParent())
          && !IN_MEMORY.contains(Files.getFileStore(real).type());
    } catch (IOException e) {
      return false; // it can no longer be read at all
    }
  }

  private static boolean areOpen(@Nullable Path folder) throws IOException {
    for (Path each = folder; each != null; each = each.getParent()) {
      if (!allows(PosixFilePermission.OTHERS_EXECUTE, each)) {
        return false;
      }
    }
    return true;
  }

  private static boolean allows(PosixFilePermission permission, Path path) throws IOException {
    return Files.getPosixFilePermissions(path).contains(permission);
  }

  @Override
  public List<String> stamps(List<Path> files) {
    return files.stream().map(DirectFiles::stampOf).toList();
  }

  private static String stampOf(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime()
          + " "
          + attributes.size()
          + " "
          + attributes.fileKey()
          + changeTime(file);
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  /** The last change of owner or mode, which may make a file readable; Unix only. */
  private static String changeTime(Path file) throws IOException {
    return UNIX ? " " + Files.getAttribute(file, "unix:ctime") : "";
  }
}
