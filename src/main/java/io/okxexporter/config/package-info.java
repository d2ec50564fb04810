/**
 * The configuration, read from a YAML file or the environment and checked as a whole before
 * anything starts.
 */
@NullMarked
package io.okxexporter.config;

import org.jspecify.annotations.NullMarked;
