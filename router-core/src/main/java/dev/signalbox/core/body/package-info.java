/** Holds the bytes of requests: small ones in memory, large ones in temporary files, all of them bounded. */
@NullMarked
package dev.signalbox.core.body;

import org.jspecify.annotations.NullMarked;
