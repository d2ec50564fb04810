/** How this machine asks a running exporter. */
@NullMarked
package io.okxexporter.health;

import org.jspecify.annotations.NullMarked;
