/**
 * When to ask: pacing per User ID, rounds, back-off. Decides by state machines that are told the
 * time.
 */
@NullMarked
package io.okxexporter.schedule;

import org.jspecify.annotations.NullMarked;
