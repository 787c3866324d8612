/** Starts the router as a server. */
@NullMarked
package dev.signalbox.server;

import org.jspecify.annotations.NullMarked;
