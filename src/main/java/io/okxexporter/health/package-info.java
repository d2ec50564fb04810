/** Requests to an exporter on the same machine, and the container's health check. */
@NullMarked
package io.okxexporter.health;

import org.jspecify.annotations.NullMarked;
