/** What the words of a command line mean: commands, what may follow them, and help about both. */
@NullMarked
package dev.signalbox.server.command;

import org.jspecify.annotations.NullMarked;
