/** The check command: reports every step from the host to the valuation, with its remedy. */
@NullMarked
package io.okxexporter.check;

import org.jspecify.annotations.NullMarked;
