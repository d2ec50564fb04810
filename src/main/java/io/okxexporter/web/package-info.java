/** The HTTP server: scrapes, landing page, health. */
@NullMarked
package io.okxexporter.web;

import org.jspecify.annotations.NullMarked;
