package io.okxexporter.web;

import java.util.Arrays;
import java.util.Optional;

/**
 * How names that Prometheus did not always allow are written.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/escaping_schemes/">Escaping schemes</a>
 */
public enum NameEscaping {
  /** As they are, in quotes. */
  ALLOW_UTF_8("allow-utf-8"),
  /** Each strange character becomes an underscore; for those who ask for nothing. */
  UNDERSCORES("underscores"),
  /** A dot becomes {@code _dot_} and an underscore two, in every name, so also in ours. */
  DOTS("dots"),
  /** Strange characters become their code points. */
  VALUES("values");

  private final String parameter;

  NameEscaping(String parameter) {
    this.parameter = parameter;
  }

  /** The value of the parameter {@code escaping}. */
  String parameter() {
    return parameter;
  }

  /** By the parameter's value; Prometheus's own page writes {@code allow-utf8}. */
  static Optional<NameEscaping> of(String parameter) {
    String name = parameter.equals("allow-utf8") ? ALLOW_UTF_8.parameter : parameter;
    return Arrays.stream(values()).filter(it -> it.parameter.equals(name)).findFirst();
  }
}
