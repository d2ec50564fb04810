/** The landing page: the state of each user, for people. */
@NullMarked
package io.okxexporter.web.status;

import org.jspecify.annotations.NullMarked;
