/**
 * The words of the domain: values without behaviour of their own, and the clock. Everything may use
 * it; it uses nothing.
 */
@NullMarked
package io.okxexporter.model;

import org.jspecify.annotations.NullMarked;
