/** What the engine knows of request and answer shapes: reading facts, making dialect-right edits, speaking to clients. */
@NullMarked
package dev.signalbox.core.dialect;

import org.jspecify.annotations.NullMarked;
