/** Checks the health of a running exporter on the same machine. */
@NullMarked
package io.okxexporter.health;

import org.jspecify.annotations.NullMarked;
