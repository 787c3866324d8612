/** How much the router costs per request. */
@NullMarked
package dev.signalbox.bench;

import org.jspecify.annotations.NullMarked;
