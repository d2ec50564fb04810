package io.okxexporter.config.yaml;

/** Parses a text; its exception states what was expected. */
@FunctionalInterface
public interface ValueParser<T> {
  T parse(String text) throws InvalidValueException;
}
