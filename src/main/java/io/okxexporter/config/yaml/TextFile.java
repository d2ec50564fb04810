package io.okxexporter.config.yaml;

import io.okxexporter.file.FileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a UTF-8 file; its exceptions state what was expected. */
public final class TextFile {
  private TextFile() {}

  /** The source of the bytes. */
  public interface Source {
    byte[] bytes() throws FileException;
  }

  /** Returns the content as text. */
  public static String read(Source source) throws InvalidValueException {
    try {
      return decode(source.bytes());
    } catch (FileException e) {
      throw new InvalidValueException(e.expected());
    }
  }

  private static String decode(byte[] bytes) throws InvalidValueException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidValueException(
          "expected a file in UTF-8" + (isUtf16(bytes) ? ", but it is in UTF-16" : ""));
    }
  }

  /** Returns whether it begins with the byte order mark of UTF-16, as PowerShell writes it. */
  private static boolean isUtf16(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
    return mark == 0xFEFF || mark == 0xFFFE;
  }
}
