/** The runnable jar as its users run it, next to programs we did not write. */
@NullMarked
package io.okxexporter.e2e;

import org.jspecify.annotations.NullMarked;
