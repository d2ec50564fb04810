package io.okxexporter.config.yaml;

import io.okxexporter.config.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.Map;

/** A file of settings in YAML. */
public final class YamlFile {
  private final String flag;
  private final Path file;
  private final TextFile.Source source;
  private final String examples;

  /**
   * @param flag the flag that names the file, also in reports
   * @param source its content
   * @param examples example settings, for an error
   */
  public YamlFile(String flag, Path file, TextFile.Source source, String examples) {
    this.flag = flag;
    this.file = file;
    this.source = source;
    this.examples = examples;
  }

  /**
   * Returns the content.
   *
   * @throws ConfigException if the file cannot be read
   */
  public String text(Problems problems) throws ConfigException {
    try {
      return TextFile.read(source);
    } catch (InvalidValueException e) {
      problems.add(Problems.FIRST, problem(e.expected()));
      throw problems.exception();
    }
  }

  /**
   * Parses the settings.
   *
   * @throws ConfigException if the text holds no settings
   */
  public Mapping read(String text, Problems problems) throws ConfigException {
    return settings(root(text, problems), problems);
  }

  /**
   * Reads and parses a file that may be empty.
   *
   * @throws ConfigException if the file cannot be read, or holds anything but settings
   */
  public Mapping readOrEmpty(Problems problems) throws ConfigException {
    YamlNode root = root(text(problems), problems);
    boolean empty = root instanceof YamlNode.Scalar && root.isBlank();
    return empty ? new Mapping(root.offset(), Map.of()) : settings(root, problems);
  }

  private Mapping settings(YamlNode root, Problems problems) throws ConfigException {
    if (root instanceof Mapping settings) {
      return settings;
    }
    problems.add(Problems.FIRST, problem("expected settings, such as " + examples));
    throw problems.exception();
  }

  private YamlNode root(String text, Problems problems) throws ConfigException {
    try {
      return YamlReader.read(text, problems);
    } catch (InvalidYamlException e) {
      problems.add(Integer.MAX_VALUE, e.problem());
      throw problems.exception();
    }
  }

  private Problem problem(String expected) {
    return new Problem(flag, file.toString(), expected);
  }
}
