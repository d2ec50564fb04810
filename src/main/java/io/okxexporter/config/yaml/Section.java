package io.okxexporter.config.yaml;

import io.okxexporter.config.yaml.YamlNode.Entry;
import io.okxexporter.config.yaml.YamlNode.Kind;
import io.okxexporter.config.yaml.YamlNode.Mapping;
import io.okxexporter.config.yaml.YamlNode.Scalar;
import io.okxexporter.config.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed settings from a mapping. An invalid setting is reported under its display name and
 * reads as missing. Reading a key marks it as known, so that {@link #rejectOthers} can report the
 * rest.
 */
public final class Section {
  private final String title;
  private final Mapping mapping;
  private final UnaryOperator<String> names;
  private final Problems problems;
  private final Set<String> known = new TreeSet<>();

  /**
   * @param title the display name of the whole section
   * @param names maps a key to the display name of its setting
   */
  public Section(String title, UnaryOperator<String> names, Mapping mapping, Problems problems) {
    this.title = title;
    this.mapping = mapping;
    this.names = names;
    this.problems = problems;
  }

  /** Returns a section of a file, which reports settings by key path. */
  public static Section at(String path, Mapping mapping, Problems problems) {
    return new Section(path, key -> KeyPath.join(path, shown(key, mapping)), mapping, problems);
  }

  private static String shown(String key, Mapping mapping) {
    Entry entry = mapping.entries().get(key);
    return entry == null ? key : KeyPath.shown(key, entry.line());
  }

  /** Returns what a report calls this section. */
  public String title() {
    return title;
  }

  /** Returns what a report calls this key. */
  public String name(String key) {
    return names.apply(key);
  }

  /** Whether the key is present, with a valid value or not. */
  public boolean has(String key) {
    known.add(key);
    return mapping.entries().containsKey(key);
  }

  /** Whether the key is missing or its value is empty: nothing, empty text, list or section. */
  public boolean isBlank(String key) {
    YamlNode node = node(key);
    return node == null || node.isBlank();
  }

  /** Returns all keys, for a section in which the user chooses them. */
  public Set<String> keys() {
    return mapping.entries().keySet();
  }

  /** A text; null where it is missing or wrong. */
  public <T> @Nullable T text(String key, ValueParser<T> parser) {
    return scalar(key, Kind.TEXT, parser);
  }

  /** A text, even one that YAML reads as a number; null where it is missing or wrong. */
  public <T> @Nullable T textOrNumber(String key, ValueParser<T> parser) {
    boolean number = node(key) instanceof Scalar scalar && scalar.kind() == Kind.NUMBER;
    return scalar(key, number ? Kind.NUMBER : Kind.TEXT, parser);
  }

  /** A number; null where it is missing or wrong. */
  public <T> @Nullable T number(String key, ValueParser<T> parser) {
    return scalar(key, Kind.NUMBER, parser);
  }

  /** A boolean; null where it is missing or wrong. */
  public @Nullable Boolean flag(String key) {
    return scalar(key, Kind.BOOLEAN, Section::parseBoolean);
  }

  private static Boolean parseBoolean(String text) throws InvalidValueException {
    if (!text.equals("true") && !text.equals("false")) {
      throw new InvalidValueException("expected true or false");
    }
    return text.equals("true");
  }

  /** A value that reports never show, of any YAML type; null where it is wrong. */
  public <T> @Nullable T hidden(String key, ValueParser<T> parser) {
    YamlNode node = node(key);
    if (!(node instanceof Scalar scalar)) {
      report(key, null, "expected text");
      return null;
    }
    problems.hide(scalar.text());
    try {
      rejectNull(scalar);
      return parser.parse(scalar.text());
    } catch (InvalidValueException e) {
      report(key, null, e.expected());
      return null;
    }
  }

  private static void rejectNull(Scalar scalar) throws InvalidValueException {
    if (scalar.kind() == Kind.NULL && !scalar.text().isEmpty()) {
      throw wrongKind(Kind.TEXT, Kind.NULL);
    }
  }

  private static InvalidValueException wrongKind(Kind wanted, Kind written) {
    return new InvalidValueException(
        "expected "
            + wanted.noun()
            + (written == Kind.TEXT
                ? " without quotes"
                : ", but without quotes YAML takes this for " + written.noun()));
  }

  private <T> @Nullable T scalar(String key, Kind kind, ValueParser<T> parser) {
    YamlNode node = node(key);
    return node == null ? null : scalar(name(key), node, kind, parser);
  }

  private <T> @Nullable T scalar(String name, YamlNode node, Kind kind, ValueParser<T> parser) {
    if (!(node instanceof Scalar scalar)) {
      problems.add(node.offset(), new Problem(name, null, "expected a single value"));
      return null;
    }
    try {
      T value = parser.parse(scalar.text());
      rejectOther(kind, scalar);
      return value;
    } catch (InvalidValueException e) {
      problems.add(scalar.offset(), e.at(name, scalar.text()));
      return null;
    }
  }

  private static void rejectOther(Kind kind, Scalar scalar) throws InvalidValueException {
    if (scalar.kind() != kind) {
      throw wrongKind(kind, scalar.kind());
    }
  }

  /**
   * The valid texts of a list; null where it is missing or not a list.
   *
   * @param expected the error for anything but a list
   */
  public <T> @Nullable List<T> texts(String key, String expected, ValueParser<T> parser) {
    Sequence sequence = sequence(key, expected);
    if (sequence == null) {
      return null;
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      T value = scalar(name(key) + "[" + i + "]", sequence.items().get(i), Kind.TEXT, parser);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * The valid sections of a list; empty where it is missing or not a list.
   *
   * @param expected the error for anything but a section
   */
  public List<Section> sections(String key, String expectedList, String expected) {
    Sequence sequence = sequence(key, expectedList);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; sequence != null && i < sequence.items().size(); i++) {
      String path = name(key) + "[" + i + "]";
      if (sequence.items().get(i) instanceof Mapping item) {
        sections.add(at(path, item, problems));
      } else {
        problems.add(sequence.items().get(i).offset(), new Problem(path, null, expected));
      }
    }
    return sections;
  }

  /**
   * The section under a key; an empty one where it is missing, blank or not a section.
   *
   * @param expected the error for anything but a section
   */
  public Section section(String key, String expected) {
    if (node(key) instanceof Mapping child) {
      return at(name(key), child, problems);
    }
    if (!isBlank(key)) {
      report(key, null, expected);
    }
    return at(name(key), new Mapping(offset(key), Map.of()), problems);
  }

  private @Nullable Sequence sequence(String key, String expected) {
    YamlNode node = node(key);
    if (node == null || (node instanceof Sequence sequence && !sequence.items().isEmpty())) {
      return (Sequence) node;
    }
    report(key, null, expected);
    return null;
  }

  private @Nullable YamlNode node(String key) {
    known.add(key);
    Entry entry = mapping.entries().get(key);
    return entry == null ? null : entry.value();
  }

  /** Reports a problem with a setting, which may be missing. */
  public void report(String key, @Nullable String value, String expected) {
    problems.add(offset(key), new Problem(name(key), value, expected));
  }

  private int offset(String key) {
    Entry entry = mapping.entries().get(key);
    return entry == null ? mapping.offset() : entry.offset();
  }

  /** Reports every key that was not read. */
  public void rejectOthers() {
    mapping.entries().forEach(this::rejectUnknown);
  }

  private void rejectUnknown(String key, Entry entry) {
    if (!known.contains(key)) {
      String name = name(KeyPath.shown(key, entry.line()));
      problems.add(entry.offset(), new Problem(name, null, expectedInsteadOf(key)));
    }
  }

  private String expectedInsteadOf(String key) {
    return Suggestion.to(key, known)
        .map(near -> "unknown key, did you mean " + near + "?")
        .orElseGet(() -> "unknown key: expected one of " + String.join(", ", known));
  }
}
