package io.okxexporter.config.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.okxexporter.config.yaml.YamlNode.Entry;
import io.okxexporter.config.yaml.YamlNode.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML into a tree, token by token: scalars stay as written, nothing is expanded, and input
 * that is too deep or too large is rejected while it is read.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NODES = 1_000_000;

  private final YAMLParser parser;
  private final Problems problems;
  private int nodes;

  private YamlReader(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * Reads the single document of a text; reports duplicate keys as problems.
   *
   * @throws InvalidYamlException for invalid YAML, or more of it than a configuration needs
   */
  static YamlNode read(String text, Problems problems) throws InvalidYamlException {
    try (YAMLParser parser = factory().createParser(text)) {
      return new YamlReader(parser, problems).document();
    } catch (JsonProcessingException e) {
      throw InvalidYamlException.of(e, text);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail to be read", e);
    }
  }

  private static YAMLFactory factory() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(Integer.MAX_VALUE); // the size of the file is already limited
    return YAMLFactory.builder().loaderOptions(limits).build();
  }

  private YamlNode document() throws IOException, InvalidYamlException {
    if (parser.nextToken() == null) {
      return new YamlNode.Scalar(0, Kind.NULL, "");
    }
    YamlNode root = node("", 0);
    if (parser.nextToken() != null) {
      throw rejected("expected one document, not several");
    }
    return root;
  }

  private YamlNode node(String path, int depth) throws IOException, InvalidYamlException {
    rejectExcess(depth);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(path, depth + 1);
    }
    return token == JsonToken.START_ARRAY ? sequence(path, depth + 1) : scalar(token);
  }

  private void rejectExcess(int depth) throws IOException, InvalidYamlException {
    if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
      throw rejected(
          "expected no anchor, alias or tag: text that starts with &, * or ! needs quotes");
    }
    if (depth > MAX_DEPTH) {
      throw rejected("expected at most " + MAX_DEPTH + " levels");
    }
    if (++nodes > MAX_NODES) {
      throw rejected("expected at most " + MAX_NODES + " values");
    }
  }

  private YamlNode mapping(String path, int depth) throws IOException, InvalidYamlException {
    int offset = offset();
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String keyPath = KeyPath.join(path, KeyPath.shown(key, line()));
      int keyOffset = offset();
      int keyLine = line();
      parser.nextToken();
      Entry entry = new Entry(keyOffset, keyLine, node(keyPath, depth));
      if (entries.putIfAbsent(key, entry) != null) {
        problems.add(keyOffset, new Problem(keyPath, null, "expected once, but found twice"));
      }
    }
    return new YamlNode.Mapping(offset, entries);
  }

  private YamlNode sequence(String path, int depth) throws IOException, InvalidYamlException {
    int offset = offset();
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path + "[" + items.size() + "]", depth));
    }
    return new YamlNode.Sequence(offset, items);
  }

  private YamlNode scalar(JsonToken token) throws IOException, InvalidYamlException {
    return new YamlNode.Scalar(offset(), kind(token), parser.getText());
  }

  private Kind kind(JsonToken token) throws InvalidYamlException {
    return switch (token) {
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      case VALUE_NULL -> Kind.NULL;
      default -> throw rejected("expected text, a number, true or false");
    };
  }

  private int offset() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private InvalidYamlException rejected(String expected) {
    return new InvalidYamlException(line(), parser.currentTokenLocation().getColumnNr(), expected);
  }
}
