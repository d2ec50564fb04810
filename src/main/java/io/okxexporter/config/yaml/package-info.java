/** Reads YAML into typed settings and collects every problem with its key path. */
@NullMarked
package io.okxexporter.config.yaml;

import org.jspecify.annotations.NullMarked;
