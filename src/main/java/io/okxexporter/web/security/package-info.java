/** Server-side TLS and password verification. */
@NullMarked
package io.okxexporter.web.security;

import org.jspecify.annotations.NullMarked;
