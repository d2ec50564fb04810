/** Polls OKX for valuations: pacing per User ID, schedules, back-off; and logs the polls. */
@NullMarked
package io.okxexporter.poll;

import org.jspecify.annotations.NullMarked;
