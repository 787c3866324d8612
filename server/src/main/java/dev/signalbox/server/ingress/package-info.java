/** What clients ask: paths, limits and callers in front of a router, and the way of its answers back to them. */
@NullMarked
package dev.signalbox.server.ingress;

import org.jspecify.annotations.NullMarked;
