package io.okxexporter.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a small UTF-8 file, or says why it cannot. */
final class TextFile {
  private TextFile() {}

  static String read(Path path, int maxBytes) throws BadValue {
    byte[] bytes = bytes(path, maxBytes);
    if (bytes.length > maxBytes) {
      throw new BadValue("expected a file of at most " + size(maxBytes));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadValue("expected a file in UTF-8");
    }
  }

  private static byte[] bytes(Path path, int maxBytes) throws BadValue {
    if (Files.isDirectory(path)) {
      throw new BadValue("expected a file, but it is a directory");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(maxBytes + 1);
    } catch (NoSuchFileException e) {
      throw new BadValue("expected a readable file, but there is none");
    } catch (AccessDeniedException e) {
      throw new BadValue("expected a readable file, but access is denied");
    } catch (IOException e) {
      throw new BadValue("expected a readable file, but reading it failed");
    }
  }

  private static String size(int bytes) {
    return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
  }
}
