/** Where a server listens: its sections of the configuration, its certificate, its beginning and its end. */
@NullMarked
package dev.signalbox.server.listen;

import org.jspecify.annotations.NullMarked;
