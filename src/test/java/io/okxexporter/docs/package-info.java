/** README and docs/, checked against the code. */
@NullMarked
package io.okxexporter.docs;

import org.jspecify.annotations.NullMarked;
