package io.okxexporter.config;

/** Makes a value of a text, or says what it should have been. */
@FunctionalInterface
interface Parser<T> {
  T parse(String text) throws BadValue;
}
