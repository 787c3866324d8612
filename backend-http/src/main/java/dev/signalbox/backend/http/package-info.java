/** One HTTP exchange with a model server, and the reading of its errors. */
@NullMarked
package dev.signalbox.backend.http;

import org.jspecify.annotations.NullMarked;
