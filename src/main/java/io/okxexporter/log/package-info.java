/**
 * Where log lines go: the provider behind SLF4J, which keeps key-value pairs as fields, and a
 * bridge from java.util.logging. Knows nothing of the rest of the program.
 */
@NullMarked
package io.okxexporter.log;

import org.jspecify.annotations.NullMarked;
