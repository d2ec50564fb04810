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
   * @param flag what names the file, also in a report
   * @param source what is in it
   * @param examples what may be in it
   */
  public YamlFile(String flag, Path file, TextFile.Source source, String examples) {
    this.flag = flag;
    this.file = file;
    this.source = source;
    this.examples = examples;
  }

  /**
   * What is in it.
   *
   * @throws ConfigException if there is no file to read
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
   * The settings as they were written.
   *
   * @throws ConfigException if there are no settings in it
   */
  public Mapping read(String text, Problems problems) throws ConfigException {
    return settings(root(text, problems), problems);
  }

  /**
   * Likewise, of a file that may be empty.
   *
   * @throws ConfigException if there is no file to read, or something else than settings in it
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
