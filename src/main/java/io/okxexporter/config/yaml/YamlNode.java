package io.okxexporter.config.yaml;

import java.util.List;
import java.util.Map;

/**
 * A piece of the configuration as it was written, before anybody judged it. Offsets are characters
 * from the start of the file.
 */
public sealed interface YamlNode {
  int offset();

  /** Whether nothing was written, or an empty text, list or mapping. */
  boolean isBlank();

  /** What YAML takes a scalar for; text is what is in quotes or looks like nothing else. */
  enum Kind {
    TEXT("text"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("nothing");

    private final String noun;

    Kind(String noun) {
      this.noun = noun;
    }

    String noun() {
      return noun;
    }
  }

  /**
   * One value.
   *
   * @param text as written, whatever YAML takes it for: {@code 0x1F} stays {@code 0x1F}
   */
  record Scalar(int offset, Kind kind, String text) implements YamlNode {
    @Override
    public boolean isBlank() {
      return kind == Kind.NULL || text.isEmpty(); // a key alone is empty text
    }

    /** Without the text, which may be a secret. */
    @Override
    public String toString() {
      return kind + "@" + offset;
    }
  }

  record Sequence(int offset, List<YamlNode> items) implements YamlNode {
    @Override
    public boolean isBlank() {
      return items.isEmpty();
    }
  }

  record Mapping(int offset, Map<String, Entry> entries) implements YamlNode {
    @Override
    public boolean isBlank() {
      return entries.isEmpty();
    }
  }

  /**
   * What a key stands for.
   *
   * @param offset of the key
   * @param line of the key, from 1
   */
  record Entry(int offset, int line, YamlNode value) {}
}
