/** How the server logs where nobody configures it otherwise. */
@NullMarked
package dev.signalbox.server.log;

import org.jspecify.annotations.NullMarked;
