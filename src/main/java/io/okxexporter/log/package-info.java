/**
 * Writes the log: an SLF4J provider that keeps key-value pairs as fields, and a bridge from
 * java.util.logging. Independent of the rest of the program.
 */
@NullMarked
package io.okxexporter.log;

import org.jspecify.annotations.NullMarked;
