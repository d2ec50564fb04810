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
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source.bytes())).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidValueException("expected a file in UTF-8");
    } catch (FileException e) {
      throw new InvalidValueException(e.expected());
    }
  }
}
