/** Listening sockets, the limit on connections, and deadlines for slow clients. */
@NullMarked
package io.okxexporter.web.connector;

import org.jspecify.annotations.NullMarked;
