/** Access to files with timeouts. */
@NullMarked
package io.okxexporter.file;

import org.jspecify.annotations.NullMarked;
