package io.okxexporter.config.yaml;

/** Makes a value of a text, or says what it should have been. */
@FunctionalInterface
public interface Parser<T> {
  T parse(String text) throws BadValue;
}
