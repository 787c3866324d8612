/** Cuts a stream of bytes into server-sent events or JSON lines, wherever the network split it, and makes such frames. */
@NullMarked
package dev.signalbox.api.frame;

import org.jspecify.annotations.NullMarked;
