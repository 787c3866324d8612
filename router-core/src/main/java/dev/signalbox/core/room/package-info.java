/** The waiting room: the one queue where requests wait, the gates in front of targets, the hosts' preparation slots. */
@NullMarked
package dev.signalbox.core.room;

import org.jspecify.annotations.NullMarked;
