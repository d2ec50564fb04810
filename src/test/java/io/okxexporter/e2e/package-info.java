/** The runnable jar as its users run it, together with third-party programs. */
@NullMarked
package io.okxexporter.e2e;

import org.jspecify.annotations.NullMarked;
