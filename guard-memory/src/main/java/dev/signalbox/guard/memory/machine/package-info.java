/** How much memory the machine has for models that the router runs on. */
@NullMarked
package dev.signalbox.guard.memory.machine;

import org.jspecify.annotations.NullMarked;
