/**
 * Runs the whole exporter for months of virtual time, against an exchange that fails now and then.
 */
@NullMarked
package io.okxexporter.tools.soak;

import org.jspecify.annotations.NullMarked;
