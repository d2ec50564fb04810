/**
 * The domain model: immutable values, the interface of OKX, the clock and the timer. Every package
 * may use it; it uses none.
 */
@NullMarked
package io.okxexporter.model;

import org.jspecify.annotations.NullMarked;
