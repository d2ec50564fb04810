/** Command-line flags, their help, and exit codes. */
@NullMarked
package io.okxexporter.config.cli;

import org.jspecify.annotations.NullMarked;
