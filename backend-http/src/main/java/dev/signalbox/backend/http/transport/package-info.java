/**
 * HTTP/1.1 as a client, blocking, for virtual threads: one request, one reply, and exact words for what went wrong.
 *
 * <p>Replies are read strictly. What two readers could understand in two ways is {@code MALFORMED}: both
 * {@code Content-Length} and {@code Transfer-Encoding}, lengths that differ, folded lines, a line feed without a carriage
 * return. No runtime we know sends any of that, and a lenient reader is how one reply becomes two.
 */
@NullMarked
package dev.signalbox.backend.http.transport;

import org.jspecify.annotations.NullMarked;
