/**
 * When to ask OKX for a valuation: pacing per User ID, rounds, back-off; and the log of the polls.
 */
@NullMarked
package io.okxexporter.poll;

import org.jspecify.annotations.NullMarked;
