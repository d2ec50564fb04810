package io.okxexporter.web;

import java.util.Arrays;
import java.util.Optional;

/**
 * The way to write names with characters that Prometheus did not always allow.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/escaping_schemes/">Escaping schemes</a>
 */
public enum NameEscaping {
  /** Unchanged, in quotes. */
  ALLOW_UTF_8("allow-utf-8"),
  /** Each such character becomes an underscore; the default. */
  UNDERSCORES("underscores"),
  /** In every name, a dot becomes {@code _dot_} and an underscore becomes two. */
  DOTS("dots"),
  /** Such characters become their code points. */
  VALUES("values");

  private final String parameter;

  NameEscaping(String parameter) {
    this.parameter = parameter;
  }

  /** The value of the parameter {@code escaping}. */
  String parameter() {
    return parameter;
  }

  /** Finds an escaping by its parameter; Prometheus's own page writes {@code allow-utf8}. */
  static Optional<NameEscaping> of(String parameter) {
    String name = parameter.equals("allow-utf8") ? ALLOW_UTF_8.parameter : parameter;
    return Arrays.stream(values()).filter(it -> it.parameter.equals(name)).findFirst();
  }
}
