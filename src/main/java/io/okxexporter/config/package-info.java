/**
 * What the user asked for: environment, YAML file and flags, checked as a whole before anything
 * starts.
 */
@NullMarked
package io.okxexporter.config;

import org.jspecify.annotations.NullMarked;
