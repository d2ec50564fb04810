/** The landing page: how each user is doing, for a person. */
@NullMarked
package io.okxexporter.web.status;

import org.jspecify.annotations.NullMarked;
