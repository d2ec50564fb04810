/** Checks README and docs/ against the code. */
@NullMarked
package io.okxexporter.docs;

import org.jspecify.annotations.NullMarked;
