/** Holds the newest outcome of every unit of every user, read as one consistent view. */
@NullMarked
package io.okxexporter.store;

import org.jspecify.annotations.NullMarked;
