/** Contract tests, scripted servers over real sockets, recorders and a clock turned by hand. */
@NullMarked
package dev.signalbox.testkit;

import org.jspecify.annotations.NullMarked;
