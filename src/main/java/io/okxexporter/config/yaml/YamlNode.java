package io.okxexporter.config.yaml;

import java.util.List;
import java.util.Map;

/**
 * A node of the YAML tree, not validated yet. Offsets are in characters from the start of the file.
 */
public sealed interface YamlNode {
  int offset();

  /** Whether the value is empty: nothing, empty text, list or mapping. */
  boolean isBlank();

  /** The YAML type of a scalar; text is anything in quotes or of no other type. */
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
   * @param text as written, whatever its kind: {@code 0x1F} stays {@code 0x1F}
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
   * The value of a key.
   *
   * @param offset of the key
   * @param line of the key, from 1
   */
  record Entry(int offset, int line, YamlNode value) {}
}
