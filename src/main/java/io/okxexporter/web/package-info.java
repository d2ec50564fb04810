/** The HTTP server: metrics, health, readiness, reload and configuration pages. */
@NullMarked
package io.okxexporter.web;

import org.jspecify.annotations.NullMarked;
