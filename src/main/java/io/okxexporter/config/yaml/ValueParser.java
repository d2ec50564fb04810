package io.okxexporter.config.yaml;

/** Makes a value of a text, or says what it should have been. */
@FunctionalInterface
public interface ValueParser<T> {
  T parse(String text) throws InvalidValueException;
}
