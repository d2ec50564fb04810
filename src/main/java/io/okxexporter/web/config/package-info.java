/**
 * The web configuration file of --web.config.file: reads and checks TLS, users, headers and rate
 * limit.
 */
@NullMarked
package io.okxexporter.web.config;

import org.jspecify.annotations.NullMarked;
