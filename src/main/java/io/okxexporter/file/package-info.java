/** Files, none of which is waited for without end. */
@NullMarked
package io.okxexporter.file;

import org.jspecify.annotations.NullMarked;
